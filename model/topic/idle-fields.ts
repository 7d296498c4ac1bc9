import type { DeepReadonly } from "../values/deep-readonly.ts";
import type { Topic } from "./topic-declaration.ts";

type Cleanup = Topic["cleanup"];
type Field = "retention" | "retentionSize" | "tombstoneRetention";

/** What Kafka takes of every topic, and looks at only where its cleanup does this. */
const LOOKED_AT: Readonly<Record<Field, readonly Cleanup[]>> = {
  retention: ["delete", "compact,delete"],
  retentionSize: ["delete", "compact,delete"],
  tombstoneRetention: ["compact", "compact,delete"],
};

/** Fields of a topic that have no effect, because its cleanup never looks at them: a sentence each. */
export function idleFields({
  cleanup,
  environments = {},
  ...values
}: DeepReadonly<Pick<Topic, "cleanup" | "environments" | Field>>): string[] {
  const idle = (Object.keys(LOOKED_AT) as Field[]).filter(
    (field) => !LOOKED_AT[field].includes(cleanup),
  );
  const said = (at: string, declared: Readonly<Partial<Record<Field, number | undefined>>>) =>
    idle
      .filter((field) => declared[field] !== undefined)
      .map((field) => `${at}${field}: has no effect, because cleanup is "${cleanup}"`);
  return [
    ...said("", values),
    ...Object.entries(environments).flatMap(([name, changes = {}]) =>
      said(`environments.${name}.`, changes),
    ),
  ];
}
