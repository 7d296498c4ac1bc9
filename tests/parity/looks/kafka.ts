import { type ToolLogin, kafkaTool } from "../../support/kafka/kafka-tool.ts";

/** What Kafka's own tools see in a cluster, order taken out. */
export async function kafkaObjects(admin: ToolLogin): Promise<unknown> {
  const run = (mainClass: string, ...args: readonly string[]) => kafkaTool(admin, mainClass, args);
  const [topics, acls, users, defaults] = await Promise.all([
    run("org.apache.kafka.tools.TopicCommand", "--describe", "--exclude-internal"),
    run("org.apache.kafka.tools.AclCommand", "--list"),
    run("kafka.admin.ConfigCommand", "--describe", "--entity-type", "users"),
    run("kafka.admin.ConfigCommand", "--describe", "--entity-type", "users", "--entity-default"),
  ]);
  return {
    topics: parseTopics(topics),
    acls: parseAcls(acls),
    users: [...new Set([...lines(users), ...lines(defaults)])].map(inOrder).sort(),
  };
}

const lines = (text: string): string[] => text.split("\n").filter((line) => line.trim() !== "");

/** `… are SCRAM-SHA-512=…, SCRAM-SHA-256=…`: the tool lists a user's credentials in any order. */
const inOrder = (line: string): string =>
  line.replace(/(?<= are ).+$/, (settings) => settings.split(", ").sort().join(", "));

const TOPIC =
  /^Topic: (\S+)\s+TopicId: \S+\s+PartitionCount: (\d+)\s+ReplicationFactor: (\d+)\s+Configs: (\S*)/;

function parseTopics(text: string): Record<string, unknown> {
  const described = lines(text).flatMap((line) => {
    const [, name, partitions, replicas, configs = ""] = TOPIC.exec(line) ?? [];
    if (name === undefined) return [];
    return [[name, { partitions, replicas, configs: configs.split(",").toSorted() }] as const];
  });
  if (described.length === 0) throw new Error(`no topic in what Kafka's tool says:\n${text}`);
  return Object.fromEntries(described);
}

const RESOURCE = /ResourcePattern\((.+?)\)/;
const ENTRY = /^\s*\((principal=.+?)\)/;

/** By resource. */
function parseAcls(text: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  let resource = "";
  for (const line of lines(text)) {
    resource = RESOURCE.exec(line)?.[1] ?? resource;
    const entry = ENTRY.exec(line)?.[1];
    if (entry !== undefined) (found[resource] ??= []).push(entry);
  }
  for (const entries of Object.values(found)) entries.sort();
  if (Object.keys(found).length === 0) {
    throw new Error(`no ACL in what Kafka's tool says:\n${text}`);
  }
  return found;
}
