/** Whether the cluster is whole, asked so that the question costs it little. */
import { setTimeout as sleep } from "node:timers/promises";
import { brokerHealth } from "../../guards/broker-health.ts";
import type { Pod } from "../kubernetes/support/brokers.ts";
import { BROKERS, podOf } from "./brokers.ts";

const METRICS_PORT = 9404;
const SCRAPE_MS = 5000;
const ASK_EVERY_MS = 2000;

/** Asks again and again. @param complaint what is still missing; undefined when it is done */
export async function until(
  complaint: () => Promise<string | undefined>,
  withinMs: number,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const missing = await complaint();
    if (missing === undefined) return;
    if (Date.now() > deadline) throw new Error(`after ${String(withinMs / 1000)} s: ${missing}`);
    await sleep(ASK_EVERY_MS);
  }
}

export const isReady = ({ status }: Pod): boolean =>
  status.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") === true;

/** What keeps Kubernetes from calling every broker ready; their exporters are not asked. */
export function podComplaint(pods: readonly Pod[]): string | undefined {
  if (pods.length !== BROKERS.length) return `there are ${String(pods.length)} pods`;
  const unready = pods.filter((pod) => !isReady(pod)).map(({ metadata }) => metadata.name);
  return unready.length === 0 ? undefined : `not ready: ${unready.join(", ")}`;
}

/** Why the cluster is not whole: a broker that does not run or vote, or a replica that is not in sync. */
export async function clusterComplaint(pods: readonly Pod[]): Promise<string | undefined> {
  const complaints = await Promise.all(
    BROKERS.map(async (broker) => {
      const pod = pods.find(({ metadata }) => metadata.name === podOf(broker));
      return brokerComplaint(podOf(broker), pod && (await metricsOf(pod)));
    }),
  );
  return complaints.find((complaint) => complaint !== undefined);
}

/** What a broker's exporter says; undefined when it does not answer. */
export async function metricsOf({ status }: Pod): Promise<string | undefined> {
  if (status.podIP === undefined) return undefined;
  const url = `http://${status.podIP}:${String(METRICS_PORT)}/metrics`;
  return fetch(url, { signal: AbortSignal.timeout(SCRAPE_MS) }).then(
    (answer) => answer.text(),
    () => undefined,
  );
}

function brokerComplaint(pod: string, metrics: string | undefined): string | undefined {
  const { sick, underReplicated } = brokerHealth(pod, true, metrics);
  if (sick !== undefined) return `${pod} ${sick}`;
  if (underReplicated > 0) {
    return `${pod} leads ${String(underReplicated)} under-replicated partitions`;
  }
  const voters = /^kafka_server_raft_metrics_number_of_voters (\S+)/m.exec(metrics ?? "")?.[1];
  return Number(voters) === BROKERS.length ? undefined : `${pod} knows ${voters ?? "no"} voters`;
}
