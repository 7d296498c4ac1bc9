// Written by `npx kafka-platform generate`: one line for the file of each domain.
import type { Domain } from "../model/catalogue/domain-declaration.ts";
import { changeDataCapture } from "./change-data-capture.ts";
import { eCommerce } from "./e-commerce.ts";
import { gamePlatform } from "./game-platform.ts";
import { platform } from "./platform.ts";
import { streamingAnalytics } from "./streaming-analytics.ts";
import { tda } from "./tda.ts";

/** Every domain, by the file that declares it. A function is called when the catalogue is loaded. */
export const DOMAINS: Readonly<Record<string, Domain | (() => Domain)>> = {
  "topics/change-data-capture.ts": changeDataCapture,
  "topics/e-commerce.ts": eCommerce,
  "topics/game-platform.ts": gamePlatform,
  "topics/platform.ts": platform,
  "topics/streaming-analytics.ts": streamingAnalytics,
  "topics/tda.ts": tda,
};
