import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PROVIDERS, tlsProvider } from "../../../../engine/providers.ts";
import {
  parseUrn,
  readState,
  ROOT_STACK_TYPE,
  type RunResult,
  type StackTarget,
  up,
} from "../../../../engine/index.ts";
import { PROJECT, PROJECT_DIR } from "../../../../cli/stack/project.ts";
import { SECRET_KEYS } from "../../../../model/stack/stack-config.ts";
import { PASSPHRASE } from "../../../engine/options.ts";
import { FakeKubernetes } from "../../../support/kubernetes/fake-kubernetes.ts";
import { pretended } from "../../../support/pulumi/pretended-providers.ts";
import { prodStack } from "../../../support/kubernetes/prod-stack.ts";
import { BAD_CHANGES, credentialsIn, type Phase } from "./changes.ts";

/**
 * The shipped program as prod has it, put up and then changed by an `up` of the embedded engine. Only the
 * objects are pretended: the engine, its journal, its judgement and the program's hooks are the real ones.
 */

const world = pretended(PROVIDERS.filter((provider) => provider !== tlsProvider));
const target: StackTarget = {
  ...{ projectDir: PROJECT_DIR, project: PROJECT, stack: "prod", passphrase: PASSPHRASE },
  stateDir: mkdtempSync(path.join(tmpdir(), "refused-up-")),
};
let api: FakeKubernetes;
let values: Record<string, string>;

interface Changed {
  /** Phase of the catalogue, and the one declaration that it counts for. */
  readonly phase?: Phase;
  readonly only?: string;
  /** What is laid over the cluster of the stack file. */
  readonly cluster?: object;
}

function runUp({ phase = "base", only, cluster = {} }: Changed = {}): Promise<RunResult> {
  const catalogue = new URL("./catalogue.ts", import.meta.url);
  catalogue.searchParams.set("phase", phase);
  if (only !== undefined) catalogue.searchParams.set("only", only);
  const key = `${PROJECT}:cluster`;
  const declared = JSON.parse(values[key] ?? "{}") as object;
  return up({
    target,
    config: {
      values: {
        ...values,
        ...credentialsIn(phase, only),
        [key]: JSON.stringify({ ...declared, ...cluster }),
      },
      secretKeys: Object.keys(SECRET_KEYS).map((name) => `${PROJECT}:${name}`),
    },
    providers: [...world.providers, tlsProvider],
    nodeArgs: ["--import", catalogue.href],
    onEvent: () => undefined,
  });
}

/**
 * Everything that is recorded, and everything that is there. Not the outputs of the stack: they are the
 * program's, which says them before what it declares no longer is deleted.
 */
async function everything() {
  const { resources, condemned, pending } = await readState(target);
  const recorded = [...resources.values()].filter(({ type }) => type !== ROOT_STACK_TYPE);
  return { recorded, condemned, pending, objects: new Map(world.objects) };
}

beforeAll(async () => {
  api = await FakeKubernetes.start();
  // Before the first object of a cluster is made it is asked for rights; nothing may be listed.
  api.handlers.push(({ url, body }) => {
    if (!url.endsWith("/selfsubjectaccessreviews")) return undefined;
    const { spec } = body as { spec: { resourceAttributes: { verb: string } } };
    return { status: 201, body: { status: { allowed: spec.resourceAttributes.verb !== "list" } } };
  });
  const kubeconfig = path.join(target.stateDir, "kubeconfig");
  writeFileSync(kubeconfig, api.kubeconfig());
  const addresses = ["127.0.0.1", "127.0.0.1", "127.0.0.1"];
  values = await prodStack({
    ...{ context: "fake", kubeconfig },
    access: { type: "nodePort", addresses, port: 30_092 },
  });
  const { status, failures } = await runUp();
  expect(failures).toEqual([]);
  expect(status).toBe("succeeded");
}, 120_000);

afterAll(async () => {
  await api.stop();
  rmSync(target.stateDir, { recursive: true, force: true });
});

const inDeclaration = (of: string, change: string) =>
  `Needed is approve: [{ change: "${change}", reason, by, until }] in the declaration of the ${of}.`;
const inStackFile = (change: string) =>
  `Needed is policy.approve: [{ change: "${change}", resource, reason, by, until }] in the stack file.`;

/** What makes parts of a cluster anew or takes them away, and of which parts that is told. */
const IDENTITIES: readonly (readonly [string, object, ...string[]])[] = [
  [
    "another name",
    { name: "other" },
    "kafka is made anew, without what is on it: StatefulSet kafka/kafka → StatefulSet kafka/other",
    "kafka-data-2 is made anew",
    inStackFile("replacement"),
  ],
  [
    "another namespace",
    { namespace: "other" },
    "kafka-namespace is made anew, without what is on it: namespace kafka → namespace other",
    "kafka-data-0 is made anew",
  ],
  [
    "another storage class",
    { storage: { class: "slow", size: "12 TiB" } },
    "of class fast → claim kafka/data-kafka-0 of class slow",
  ],
  [
    "a namespace of somebody else",
    { createNamespace: false },
    "kafka-namespace goes: namespace kafka. deletion is not approved.",
    inStackFile("deletion"),
  ],
];

/** What changes, what is refused, and what the refusal says. */
const REFUSED: readonly (readonly [string, Changed, readonly string[]])[] = [
  ...Object.entries(BAD_CHANGES).map(([name, { of, change }]) => {
    const words = [`${of} ${name} is not changed`, `${change} is not approved`];
    return [
      name,
      { phase: "bare", only: name },
      [...words, inDeclaration(of, change), ...(of === "topic" ? ["The cluster "] : [])],
    ] as const;
  }),
  ...["gone", "retired-too-long-ago"].map(
    (name) => [name, { phase: "bare", only: name }, ["protect"]] as const,
  ),
  [
    "kafka-data-0",
    { cluster: { storage: { class: "fast", size: "13 TiB" } } },
    ["storage 12Ti → 13Ti", "volume-growth is not approved", inStackFile("volume-growth")],
  ],
  [
    "kafka",
    { cluster: { metadataVersion: "4.2" } },
    ["METADATA_VERSION 4.3 → 4.2", "one-way-setting", inStackFile("one-way-setting")],
  ],
  ...IDENTITIES.map(
    ([what, cluster, ...reasons]) =>
      [`kafka, by ${what}`, { cluster }, ["cluster kafka is not changed", ...reasons]] as const,
  ),
];

test.for(REFUSED)(
  "%s: nothing is done, and nothing is recorded",
  { timeout: 60_000 },
  async ([title, change, words]) => {
    const [name = title] = title.split(", by ");
    const before = await everything();
    world.done.length = 0;
    const { status, failures } = await runUp(change);
    expect(status).toBe("failed");
    const told = failures.filter(({ urn }) => parseUrn(urn).name.split("|")[0] === name);
    expect(told.length, JSON.stringify(failures)).toBeGreaterThan(0);
    for (const word of words) expect(told[0]?.message).toContain(word);
    expect(world.done).toEqual([]);
    expect(await everything()).toEqual(before);
  },
);

test("the way back from what was refused is no change", async () => {
  const { status, changes } = await runUp();
  expect([status, changes.update, changes.replace, changes.delete]).toEqual(["succeeded", 0, 0, 0]);
}, 60_000);

/** What was done, by logical name. */
const done = () => world.done.map((one) => one.replace(/ urn:.*::/, " "));

test("what was retired goes, and what was approved is done", async () => {
  world.done.length = 0;
  const retired = await runUp({ phase: "bare", only: "retired" });
  expect(retired.failures).toEqual([]);
  expect(done().toSorted()).toEqual([
    "delete account-retired",
    "delete retired",
    "delete retired|SCRAM-SHA-512",
  ]);
  world.done.length = 0;
  const grown = await runUp({ phase: "approved", only: "more-partitions" });
  expect(grown.failures).toEqual([]);
  expect(done()).toContain("update more-partitions");
}, 60_000);
