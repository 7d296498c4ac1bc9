/** A broker that its clients do not reach, and that otherwise is well. */
import type { Broker } from "../../faults/brokers.ts";
import type { ClusterUnderTest } from "../../faults/cluster.ts";
import { cut } from "../../faults/injection/network.ts";

const EXPORTER = "app.kubernetes.io/component=exporter";

/** Drops what the exporter, which is a client, and a broker send each other. @returns when that began */
export async function clientsAreCutOff(cluster: ClusterUnderTest, broker: Broker): Promise<number> {
  const { podIP: own = "" } = (await cluster.pod(broker)).status;
  const address = ["--output", "jsonpath={.items[0].status.podIP}"];
  const client = await cluster.stack.kubectl("get", "pods", "--selector", EXPORTER, ...address);
  await cut([
    ["-s", client, "-d", own],
    ["-s", own, "-d", client],
  ]);
  return Date.now();
}
