/**
 * Loaded before a command: kills the process at its n-th request to a broker, `DIE_AT=4:before`, as it would be
 * sent, or `4:after`, when the broker has answered and nobody has seen it. Writes `requests: N` at the end of a
 * process that lives.
 */
import { writeSync } from "node:fs";
import { BrokerLink } from "../../../clients/kafka/broker-link.ts";

const [at, when] = (process.env["DIE_AT"] ?? "0:before").split(":");
let sent = 0;
const send: unknown = Reflect.get(BrokerLink.prototype, "write");
const die = () => {
  process.kill(process.pid, "SIGKILL");
  // Nothing else of this process runs, while the signal is on its way.
  return new Promise(() => undefined);
};
Reflect.set(BrokerLink.prototype, "write", async function (this: unknown, ...args: unknown[]) {
  sent += 1;
  const isLast = sent === Number(at);
  if (isLast && when === "before") return die();
  const answer: unknown = await Reflect.apply(send as () => Promise<unknown>, this, args);
  return isLast ? die() : answer;
});
process.on("exit", () => writeSync(2, `requests: ${String(sent)}\n`));
