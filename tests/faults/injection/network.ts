/** Brokers cut off by packet rules: the lab's bridge passes every frame between pods through them. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Broker, BROKERS } from "../brokers.ts";
import type { ClusterUnderTest } from "../cluster.ts";

const CHAIN = "KAFKA-FAULTS";
/** From one pod to another, from the node to a pod, from a pod to the node. */
const WAYS = ["FORWARD", "OUTPUT", "INPUT"];

const iptables = async (...args: readonly string[]): Promise<void> => {
  await promisify(execFile)("iptables", ["--wait", ...args]);
};

/**
 * Drops every packet to and from a broker while `work` runs.
 *
 * @param from whom it is cut off from: everybody, or only the other brokers, which clients do not notice
 */
export async function partitioned<T>(
  cluster: ClusterUnderTest,
  broker: Broker,
  from: "everybody" | "brokers",
  work: () => Promise<T>,
): Promise<T> {
  const addresses = await Promise.all(
    BROKERS.map(async (each) => (await cluster.pod(each)).status.podIP ?? ""),
  );
  const own = addresses[broker] ?? "";
  const others = addresses.filter((address) => address !== own);
  const rules =
    from === "everybody"
      ? [
          ["-s", own],
          ["-d", own],
        ]
      : others.flatMap((other) => [
          ["-s", own, "-d", other],
          ["-s", other, "-d", own],
        ]);
  try {
    await cut(rules);
    return await work();
  } finally {
    await reconnect();
  }
}

/**
 * Drops packets until {@link reconnect}.
 *
 * @param rules which, as iptables takes it
 */
export async function cut(rules: readonly (readonly string[])[]): Promise<void> {
  await reconnect();
  await iptables("-N", CHAIN);
  for (const rule of rules) await iptables("-A", CHAIN, ...rule, "-j", "DROP");
  // First of all: connections that are open must stop too.
  for (const way of WAYS) await iptables("-I", way, "1", "-j", CHAIN);
}

/** Takes the rules away, of an earlier run too. */
export async function reconnect(): Promise<void> {
  for (const way of WAYS) await iptables("-D", way, "-j", CHAIN).catch(() => undefined);
  await iptables("-F", CHAIN).catch(() => undefined);
  await iptables("-X", CHAIN).catch(() => undefined);
}
