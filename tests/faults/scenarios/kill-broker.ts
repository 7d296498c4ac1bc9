import { type Broker, BROKERS } from "../brokers.ts";
import { kill } from "../injection/processes.ts";
import type { Scenario } from "../scenario.ts";

/** Each broker in turn; which of them is the active controller differs from run to run. */
export const killBroker: readonly Scenario[] = BROKERS.map((broker: Broker) => ({
  name: `kill-broker-${String(broker)}`,
  title: `kill -9 of broker ${String(broker)}`,
  kind: "broker",
  async run(cluster) {
    await kill(cluster, broker);
    await cluster.healthy();
    return [];
  },
}));

/** The one that the others have to replace before anything else. */
export const killController: Scenario = {
  name: "kill-controller",
  title: "kill -9 of the active controller",
  kind: "broker",
  reduced: true,
  async run(cluster) {
    await kill(cluster, await cluster.activeController());
    await cluster.healthy();
    return [];
  },
};
