import type { PolicyResource } from "../../policy/resource.ts";
import type { Change } from "../../report/change.ts";

/** Changes as an engine plans them, from as little as a test has to say. */

export interface Side {
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
}

export const urnOf = (type: string, name: string): string =>
  `urn:pulumi:prod::kafka-platform::${type}::${name}`;

const resource = (type: string, name: string, side: Side): PolicyResource => ({
  urn: urnOf(type, name),
  type,
  name,
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
