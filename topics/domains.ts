import { eCommerce } from "./e-commerce.ts";

/** Every domain, by the file that declares it. A function is called when the catalogue is loaded. */
export const DOMAINS: Readonly<Record<string, unknown>> = {
  "topics/e-commerce.ts": eCommerce,
};
