import type { ResourceGoal } from "../../engine/plan/resource-goal.ts";

export const STACK = { stack: "prod", project: "kafka-platform" };

/** A registration as a program makes it, from as little as a test has to say. */
export const goal = (
  type: string,
  name: string,
  more: Partial<ResourceGoal> = {},
): ResourceGoal => ({
  ...{ type, name, custom: true, parent: "", provider: "", inputs: {} },
  ...{ dependencies: [], propertyDependencies: {}, protect: undefined, retainOnDelete: undefined },
  ...{ deleteBeforeReplace: undefined, deletedWith: "", timeouts: {}, ignoreChanges: [] },
  ...{ replaceOnChanges: [], additionalSecretOutputs: [], aliases: [], hooks: {} },
  ...more,
});

export const urnOf = (type: string, name: string): string =>
  `urn:pulumi:prod::kafka-platform::${type}::${name}`;

export const KAFKA = "pulumi:providers:kafka";
export const TOPIC = "kafka:index/topic:Topic";
export const USER = "kafka:index/userScramCredential:UserScramCredential";

export const provider = (more: Partial<ResourceGoal> = {}): ResourceGoal =>
  goal(KAFKA, "kafka", {
    inputs: { bootstrapServers: '["kafka:9092"]', tlsEnabled: "true", version: "3.13.2" },
    ...more,
  });

export const topic = (
  name: string,
  inputs: ResourceGoal["inputs"] = {},
  more: Partial<ResourceGoal> = {},
): ResourceGoal =>
  goal(TOPIC, name, {
    provider: urnOf(KAFKA, "kafka"),
    inputs: { name, partitions: 6, replicationFactor: 3, config: {}, ...inputs },
    ...more,
  });

export const user = (name: string, password: ResourceGoal["inputs"][string]): ResourceGoal =>
  goal(USER, name, {
    provider: urnOf(KAFKA, "kafka"),
    inputs: { username: name, scramMechanism: "SCRAM-SHA-512", scramIterations: 8192, password },
  });
