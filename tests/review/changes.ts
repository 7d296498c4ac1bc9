import type { Consent } from "../../model/agreements/approval.ts";
import type { PolicyResource } from "../../policy/resource.ts";
import type { Change } from "../../review/change.ts";

/** Changes as an engine plans them, from as little as a test has to say. */

export interface Side {
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly parent?: string;
}

export const urnOf = (type: string, name: string): string =>
  `urn:pulumi:prod::kafka-platform::${type}::${name}`;

const resource = (type: string, name: string, side: Side): PolicyResource => ({
  urn: urnOf(type, name),
  type,
  name,
  ...(side.parent !== undefined && { parent: side.parent }),
  inputs: side.inputs ?? {},
  options: { protect: side.protect ?? false, retainOnDelete: side.retainOnDelete ?? false },
});

export function change(
  verb: Change["verb"],
  type: string,
  name: string,
  sides: { readonly before?: Side; readonly after?: Side } = {},
  more: Partial<Change> = {},
): Change {
  const { before, after } = sides;
  return {
    ...{ verb, type, name, urn: urnOf(type, name) },
    before: before && resource(type, name, before),
    after: after && resource(type, name, after),
    ...{ replaceKeys: [], deleteBeforeReplace: false, refusals: [], withheld: [] },
    ...more,
  };
}

export const TOPIC = "kafka:index/topic:Topic";

/** A topic's inputs, with `config` laid over a usual one. */
export const topicInputs = (
  name: string,
  {
    partitions = 6,
    replicationFactor = 3,
    config = {},
  }: {
    readonly partitions?: unknown;
    readonly replicationFactor?: unknown;
    readonly config?: Readonly<Record<string, unknown>>;
  } = {},
) => ({
  name,
  partitions,
  replicationFactor,
  config: { "cleanup.policy": "delete", "retention.ms": "604800000", ...config },
});

/** A topic's inputs before and after, as an update. */
export const topicUpdate = (
  before: Parameters<typeof topicInputs>[1],
  after: Parameters<typeof topicInputs>[1],
): Change =>
  change("update", TOPIC, "orders", {
    before: { inputs: topicInputs("orders", before) },
    after: { inputs: topicInputs("orders", after) },
  });

const MANAGED_TOPIC = "kafka-platform:topic:ManagedTopic";

/** A change of a topic with the component that declares it, which says what was agreed to. */
export function declared(
  planned: Change,
  said: { readonly before?: Consent; readonly after?: Consent },
): Change[] {
  const parent = urnOf(MANAGED_TOPIC, planned.name);
  const sides = {
    ...(planned.before && { before: { inputs: { ...said.before } } }),
    ...(planned.after && { after: { inputs: { ...said.after } } }),
  };
  return [
    change(
      planned.verb === "replace" ? "update" : planned.verb,
      MANAGED_TOPIC,
      planned.name,
      sides,
    ),
    {
      ...planned,
      before: planned.before && { ...planned.before, parent },
      after: planned.after && { ...planned.after, parent },
    },
  ];
}

/** An entry's inputs. */
export const aclInputs = (
  principal: string,
  aclOperation: string,
  aclResourceName: string,
  more: Readonly<Record<string, string>> = {},
) => ({
  aclPrincipal: `User:${principal}`,
  aclHost: "*",
  aclOperation,
  aclPermissionType: "Allow",
  aclResourceType: "Topic",
  aclResourceName,
  resourcePatternTypeFilter: "Literal",
  ...more,
});
