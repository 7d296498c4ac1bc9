/** The TLS provider of the embedded engine: the part of `@pulumi/tls` the program uses. */
import type { ProviderDriver } from "../driver.ts";
import { checkTable } from "../property-table.ts";
import { certRequestDriver } from "./cert-request.ts";
import { locallySignedCertDriver } from "./locally-signed-cert.ts";
import { privateKeyDriver } from "./private-key.ts";

/** Nothing is connected to: keys and certificates are made here and kept in the state. */
export const tlsProvider: ProviderDriver<undefined> = {
  name: "tls",

  /** Without the package version, which the engine adds. */
  check: (inputs) => {
    const given = Object.entries(inputs).filter(([name]) => name !== "version");
    return checkTable({}, Object.fromEntries(given));
  },

  connect: () => Promise.resolve(undefined),
  close: () => Promise.resolve(),
  resources: [privateKeyDriver, certRequestDriver, locallySignedCertDriver()],
};
