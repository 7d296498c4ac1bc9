import { beforeAll, describe, expect, test } from "vitest";
import { isRefused } from "../../../../review/approvals.ts";
import { assessChanges } from "../../../../review/plan-decisions.ts";
import { PROVIDERS } from "../../../../engine/providers.ts";
import {
  declaredState,
  parseUrn,
  planGoals,
  type Recording,
  recordProgram,
  type State,
} from "../../../../engine/index.ts";
import { changeOf } from "../../../../cli/preview/plan-changes.ts";
import { PROJECT, PROJECT_DIR } from "../../../../cli/stack/project.ts";
import { SECRET_KEYS } from "../../../../model/stack/stack-config.ts";
import { prodStack } from "../../../support/kubernetes/prod-stack.ts";

/** Changes of the stack file that cannot be taken back, in a preview of the shipped program. */

const CATALOGUE = new URL("../../../support/declare-test-catalogue.ts", import.meta.url).href;
const STACK = { project: PROJECT, stack: "prod" };
const VOLUMES = [0, 1, 2].map((node) => `kafka-data-${String(node)}`);
/** By the logical name of what changes, what has to be approved. */
const CHANGES: readonly (readonly [resource: string, change: string])[] = [
  ...VOLUMES.map((volume) => [volume, "volume-growth"] as const),
  ["kafka", "one-way-setting"],
];

let values: Record<string, string>;
let base: State;

const laidOver = (key: string, more: object): Record<string, string> => {
  const full = `${PROJECT}:${key}`;
  return { [full]: JSON.stringify({ ...(JSON.parse(values[full] ?? "{}") as object), ...more }) };
};

const preview = (more: Record<string, string>, state?: State): Promise<Recording> =>
  recordProgram({
    target: { projectDir: PROJECT_DIR, ...STACK },
    config: {
      values: { ...values, ...more },
      secretKeys: Object.keys(SECRET_KEYS).map((key) => `${PROJECT}:${key}`),
    },
    providers: PROVIDERS,
    onEvent: () => undefined,
    nodeArgs: ["--import", CATALOGUE],
    ...(state && { state }),
  });

const approving = (approvals: readonly object[]) => ({
  [`${PROJECT}:approvals`]: JSON.stringify(approvals),
});

/** Larger volumes and other metadata, and what the stack file approves of that. */
const changed = (approvals: readonly object[] = [], more: Record<string, string> = {}) =>
  preview(
    {
      ...laidOver("cluster", {
        storage: { class: "fast", size: "13 TiB" },
        metadataVersion: "4.2",
      }),
      ...approving(approvals),
      ...more,
    },
    base,
  );

const approvals = (until: string) =>
  CHANGES.map(([resource, change]) => ({ resource, change, reason: "a test", by: "ops", until }));

/** What the hook refuses, by logical name. */
const refusals = ({ failures }: Recording): Record<string, string> =>
  Object.fromEntries(failures.map(({ urn, message }) => [parseUrn(urn).name, message]));

beforeAll(async () => {
  values = await prodStack();
  const { goals, failures } = await preview({});
  expect(failures).toEqual([]);
  base = declaredState({ stack: STACK, providers: PROVIDERS, goals }).state;
});

describe("what nobody has approved", () => {
  let told: Record<string, string>;
  beforeAll(async () => {
    told = refusals(await changed());
  });

  test.for(CHANGES)("of %s is refused: %s", ([resource, change]) => {
    expect(told[resource]).toMatch(
      /^beforeUpdate hook "stack-guard" failed: kubernetes:\w+ \S+ is not changed:/,
    );
    expect(told[resource]).toContain(
      `${change} is not approved. Needed is approvals: [{ change: "${change}", resource, reason, by, until }] in the stack file.`,
    );
  });

  test("is all that is refused, and each reason is the change", () => {
    expect(Object.keys(told).sort()).toEqual(CHANGES.map(([resource]) => resource).sort());
    expect(told["kafka-data-0"]).toContain("storage 12Ti → 13Ti: a volume never shrinks again");
    expect(told["kafka"]).toContain("METADATA_VERSION 4.3 → 4.2: a cluster's metadata does not go");
  });
});

test("what is approved passes, in the hook and in the report", async () => {
  const recording = await changed(approvals("2099-12-31"));
  expect(refusals(recording)).toEqual({});
  const { resources } = planGoals({
    ...{ stack: STACK, providers: PROVIDERS, goals: recording.goals, state: base },
  });
  const made = assessChanges(resources.map(changeOf), new Date()).flatMap(({ change, decisions }) =>
    decisions.map((decision) => [change.name, decision.change, isRefused(decision)] as const),
  );
  expect(made.toSorted()).toEqual(CHANGES.map((one) => [...one, false] as const).toSorted());
});

test("an approval that has ended, or is for another volume, is none", async () => {
  const of = (until: string, ...names: readonly string[]) =>
    approvals(until).filter(({ resource }) => names.includes(resource));
  const told = refusals(
    await changed([
      ...of("2099-12-31", "kafka-data-0"),
      ...of("2020-12-31", "kafka", "kafka-data-1"),
    ]),
  );
  expect(Object.keys(told).sort()).toEqual(["kafka", "kafka-data-1", "kafka-data-2"]);
  for (const resource of ["kafka", "kafka-data-1"]) {
    expect(told[resource]).toContain("The approval by ops ended on 2020-12-31");
  }
  expect(told["kafka-data-2"]).toContain("volume-growth is not approved. Needed is");
});

test("volumes made anew are approved one by one", async () => {
  const moved = (volumes: readonly string[]) => {
    const consent = { change: "replacement", reason: "a test", by: "ops", until: "2099-12-31" };
    const approve = volumes.map((resource) => ({ resource, ...consent }));
    const cluster = laidOver("cluster", { storage: { class: "slow", size: "12 TiB" } });
    return preview({ ...cluster, ...approving(approve) }, base);
  };
  const agreed = refusals(await moved(VOLUMES));
  expect(["kafka", ...VOLUMES.slice(1)].filter((name) => name in agreed)).toEqual([]);
  // What is declared in Kafka goes with the first volume, and has a protection of its own.
  expect(agreed["batch_jobs"]).toContain("it is protected");
  const { kafka = "" } = refusals(await moved(VOLUMES.slice(1)));
  expect(kafka).toContain('hook "identity-guard" failed: cluster kafka is not changed:');
  expect(kafka).toContain("kafka-data-0 is made anew, without what is on it");
  expect(kafka).not.toContain("kafka-data-1");
});

test("without protection nothing stands in the way", async () => {
  const unprotected = { [`${PROJECT}:protection`]: "false" };
  expect(refusals(await changed([], unprotected))).toEqual({});
});
