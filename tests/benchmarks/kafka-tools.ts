import { z } from "zod";
import type { Recorded } from "../support/pulumi/recorder.ts";

/** One object of a stack, made by one call of Kafka's own command-line tools. */
export interface ToolCall {
  readonly kind: "topic" | "credential" | "acl" | "quota";
  /** A line of shell; secrets are in its here-document, never among its arguments. */
  readonly shell: string;
}

const texts = z.record(z.string(), z.string());
const topic = z.object({
  name: z.string(),
  partitions: z.number(),
  replicationFactor: z.number(),
  config: texts,
});
const credential = z.object({
  username: z.string(),
  scramMechanism: z.string(),
  scramIterations: z.number(),
  password: z.string(),
});
const acl = z.object({
  aclPrincipal: z.string(),
  aclHost: z.string(),
  aclOperation: z.string(),
  aclResourceType: z.enum(["Topic", "Group", "TransactionalID", "Cluster"]),
  aclResourceName: z.string(),
  resourcePatternTypeFilter: z.string(),
});
const quota = z.object({ entityName: z.string().optional(), config: texts });

const RESOURCE_FLAGS = {
  Topic: "--topic",
  Group: "--group",
  TransactionalID: "--transactional-id",
  Cluster: "--cluster",
};

/** The calls that make everything in Kafka that a program registered, as a person would script them. */
export const toolCalls = (recorded: readonly Recorded[]): ToolCall[] =>
  recorded.flatMap(({ type, inputs }): ToolCall[] => {
    switch (type) {
      case "kafka:index/topic:Topic":
        return [{ kind: "topic", shell: createTopic(topic.parse(inputs)) }];
      case "kafka:index/userScramCredential:UserScramCredential":
        return [{ kind: "credential", shell: setCredential(credential.parse(inputs)) }];
      case "kafka:index/acl:Acl":
        return [{ kind: "acl", shell: addAcl(acl.parse(inputs)) }];
      case "kafka:index/quota:Quota":
        return [{ kind: "quota", shell: setQuota(quota.parse(inputs)) }];
      default:
        return [];
    }
  });

function createTopic({ name, partitions, replicationFactor, config }: z.infer<typeof topic>) {
  const shape = ["--partitions", String(partitions), "--replication-factor"];
  const configs = Object.entries(config).flatMap(([key, value]) => ["--config", `${key}=${value}`]);
  const args = ["--create", "--topic", name, ...shape, String(replicationFactor), ...configs];
  return call("kafka-topics.sh", args);
}

function setCredential({ username, password, ...scram }: z.infer<typeof credential>) {
  const user = ["--entity-type", "users", "--entity-name", username];
  const set = call("kafka-configs.sh", [
    ...["--alter", ...user],
    ...["--add-config-file", "/dev/stdin"],
  ]);
  const secret = `iterations=${scram.scramIterations},password=${password}`;
  return `${set} <<'END'\n${scram.scramMechanism}=${secret}\nEND`;
}

function addAcl(entry: z.infer<typeof acl>) {
  const { aclPrincipal, aclHost, aclOperation, aclResourceType, aclResourceName } = entry;
  const flag = RESOURCE_FLAGS[aclResourceType];
  return call("kafka-acls.sh", [
    ...["--add", "--allow-principal", aclPrincipal, "--allow-host", aclHost],
    ...["--operation", aclOperation, flag],
    ...(aclResourceType === "Cluster" ? [] : [aclResourceName]),
    ...["--resource-pattern-type", entry.resourcePatternTypeFilter.toLowerCase()],
  ]);
}

function setQuota({ entityName, config }: z.infer<typeof quota>) {
  const name = entityName === undefined ? ["--entity-default"] : ["--entity-name", entityName];
  const limits = Object.entries(config).map(([key, value]) => `${key}=${value}`);
  const args = ["--alter", "--entity-type", "users", ...name, "--add-config", limits.join(",")];
  return call("kafka-configs.sh", args);
}

/** `$server` and `$client` are the loop's: where the broker is, and the file that logs in. */
const call = (tool: string, args: readonly string[]): string =>
  [
    `/opt/kafka/bin/${tool} --bootstrap-server "$server" --command-config "$client"`,
    ...args.map(quoted),
  ].join(" ");

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
