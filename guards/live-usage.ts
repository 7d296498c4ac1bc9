import * as pulumi from "@pulumi/pulumi";
import { exactSizeText } from "../model/values/amount-text.ts";
import type { ClusterConnection } from "../model/credentials/cluster-connection.ts";
import type { TopicUsage } from "../clients/kafka/topic-usage.ts";

/** Milliseconds for the whole question: it makes a message better, and must not hold up an answer. */
const DEADLINE_MS = 10_000;

/** What a topic holds and who reads it, in one sentence; or that nobody was asked, and why. Never fails. */
export async function describeTopicUsage(
  cluster: ClusterConnection<pulumi.Output<string>>,
  topic: string,
): Promise<string> {
  if (pulumi.runtime.isDryRun()) return "The cluster was not asked: this is a preview.";
  try {
    const password = await known(cluster.admin.password);
    // Most runs ask nothing, and loading the client library takes half a second.
    const { topicUsage } = await import("../clients/kafka/topic-usage.ts");
    const { bootstrapServers, tlsEnabled, caCertificate, admin } = cluster;
    const { username, mechanism } = admin;
    const usage = await topicUsage(
      {
        bootstrapServers,
        ...(tlsEnabled && { tls: caCertificate === undefined ? {} : { ca: caCertificate } }),
        sasl: { mechanism, username, password },
        deadlineMs: DEADLINE_MS,
      },
      topic,
    );
    return topicUsageText(usage);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `The cluster could not be asked what is in it: ${why}`;
  }
}

/** A count of records is an upper bound where a topic compacts: offsets stay when records go. */
export function topicUsageText(usage: TopicUsage | undefined): string {
  if (usage === undefined) return "The cluster was asked: there is no such topic.";
  const { records, bytes, liveGroups } = usage;
  const many = (count: number, one: string) =>
    `${count.toLocaleString("en-US")} ${one}${count === 1 ? "" : "s"}`;
  const holds = `at most ${many(records, "record")}, ${exactSizeText(bytes)} on the brokers' disks`;
  const readers =
    liveGroups.length === 0
      ? "no live consumer group"
      : `${many(liveGroups.length, "live consumer group")} (${liveGroups.join(", ")})`;
  return `The cluster was asked: it holds ${holds}, and has ${readers}.`;
}

const known = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => {
    output.apply(resolve);
  });
