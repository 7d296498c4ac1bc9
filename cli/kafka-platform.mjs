#!/usr/bin/env node
/**
 * `kafka-platform COMMAND`. Plain JavaScript, because the Node that npx or a link in the PATH starts it with
 * may be older than the one the commands need: then the Node that `npm ci` brought runs them.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const WANTED = 24;
const main = new URL("./main.ts", import.meta.url);

if (Number(process.versions.node.split(".")[0]) >= WANTED) {
  await import(main.href);
} else {
  const bundled = fileURLToPath(new URL("../node_modules/.bin/node", import.meta.url));
  if (existsSync(bundled)) run(bundled);
  else {
    console.error(
      `error: kafka-platform needs Node ${WANTED} or newer and was started by ${process.version}: ` +
        "run `npm ci`, which brings one, or put a newer Node on the PATH.",
    );
    process.exitCode = 1;
  }
}

/** A terminal sends its signals to both processes; one that is sent to this one alone is passed on. */
function run(node) {
  const args = [fileURLToPath(main), ...process.argv.slice(2)];
  // Before there is a child: it may be at work before the next line here is.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", (signal) => child.kill(signal));
  const child = spawn(node, args, { stdio: "inherit" });
  child.once("exit", (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
  });
}
