/** Brokers that die and do not come back until somebody mends them. */
import { type Broker, podOf } from "../../faults/brokers.ts";
import type { ClusterUnderTest } from "../../faults/cluster.ts";
import { kill } from "../../faults/injection/processes.ts";

const CONFIG = "configmap/kafka-config";
const fileOf = (broker: Broker): string => `node-${String(broker)}.properties`;

/** What was right in the files of brokers that are dead. */
const right = new Map<Broker, string>();

async function configure({ stack }: ClusterUnderTest, broker: Broker, text: string): Promise<void> {
  const patch = JSON.stringify({ data: { [fileOf(broker)]: text } });
  await stack.kubectl("patch", CONFIG, "--type", "merge", "--patch", patch);
}

/** Kubernetes makes it anew, with the configuration of now. */
const replacePod = ({ stack }: ClusterUnderTest, broker: Broker): Promise<string> =>
  stack.kubectl("delete", "pod", podOf(broker), "--force", "--grace-period=0");

/** A crash after which it fails at every start, as with a broken host. @returns when it crashed */
export async function dies(cluster: ClusterUnderTest, broker: Broker): Promise<number> {
  const found = await cluster.stack.kubectl("get", CONFIG, "--output", "json");
  const { data } = JSON.parse(found) as { readonly data: Readonly<Record<string, string>> };
  const text = data[fileOf(broker)];
  if (text === undefined) throw new Error(`${CONFIG} has no ${fileOf(broker)}`);
  right.set(broker, text);
  await configure(cluster, broker, "node.id=broken\n");
  await kill(cluster, broker);
  const died = Date.now();
  await replacePod(cluster, broker);
  return died;
}

/** Mends a broker that {@link dies}, which then starts. Others may be dead still. */
export async function comesBack(cluster: ClusterUnderTest, broker: Broker): Promise<number> {
  const text = right.get(broker);
  if (text === undefined) return Date.now();
  await configure(cluster, broker, text);
  right.delete(broker);
  const mended = Date.now();
  await replacePod(cluster, broker);
  return mended;
}
