import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Where Debian, Ubuntu and Google put it. */
const CHROMIUM = [
  process.env["CHROMIUM"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path !== "" && existsSync(path));

/** Why no browser can be started; undefined where one can. */
export const withoutBrowser: string | undefined =
  CHROMIUM === undefined
    ? "no Chromium: apt-get install chromium, or name one in CHROMIUM"
    : undefined;

/** A real browser without a window. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(CHROMIUM !== undefined && { executablePath: CHROMIUM }),
    // Root, as in a container, has no sandbox; the page is our own.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
