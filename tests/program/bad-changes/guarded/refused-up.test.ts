import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
import { changesNamed, credentialsIn, type Ending, type Phase } from "./changes.ts";

/**
 * The shipped program as prod has it, put up and then changed by an `up` of the embedded engine. Only the
 * objects are pretended: the engine, its journal, its assessment and the program's hooks are the real ones.
 */

const world = pretended(PROVIDERS.filter((provider) => provider !== tlsProvider));
const target: StackTarget = {
  ...{ projectDir: PROJECT_DIR, project: PROJECT, stack: "prod", passphrase: PASSPHRASE },
  stateDir: mkdtempSync(path.join(tmpdir(), "refused-up-")),
};
let api: FakeKubernetes;
let values: Record<string, string>;
/** Everything after the first `up`, which what is refused leaves as it is. */
let standing: unknown;

const ENDINGS: readonly Ending[] = ["", "-approved"];
const DECLARED = changesNamed(...ENDINGS);

interface Changed {
  /** Phase of the catalogue, and the declarations that it counts for. */
  readonly phase?: Phase;
  readonly only?: readonly string[];
  /** What is laid over the cluster of the stack file. */
  readonly cluster?: object;
}

function runUp({ phase = "base", only, cluster = {} }: Changed = {}): Promise<RunResult> {
  const catalogue = new URL("./catalogue.ts", import.meta.url);
  catalogue.searchParams.set("phase", phase);
  for (const ending of ENDINGS) catalogue.searchParams.append("ending", ending);
  for (const name of only ?? []) catalogue.searchParams.append("only", name);
  const key = `${PROJECT}:cluster`;
  const declared = JSON.parse(values[key] ?? "{}") as object;
  return up({
    target,
    config: {
      values: {
        ...values,
        ...credentialsIn(DECLARED, phase, only),
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
  const { resources, pendingDeletes, pending } = await readState(target);
  const recorded = [...resources.values()].filter(({ type }) => type !== ROOT_STACK_TYPE);
  return { recorded, pendingDeletes, pending, objects: new Map(world.objects) };
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
  standing = await everything();
});

afterAll(async () => {
  await api.stop();
  rmSync(target.stateDir, { recursive: true, force: true });
});

const inDeclaration = (of: string, change: string) =>
  `Needed is approve: [{ change: "${change}", reason, by, until }] in the declaration of the ${of}.`;
const inStackFile = (change: string) =>
  `Needed is approvals: [{ change: "${change}", resource, reason, by, until }] in the stack file.`;

/** By the name of what changes, what its refusal says. */
type Reasons = Readonly<Record<string, readonly string[]>>;

/** Every bad change of a topic or an account, and declarations that go. */
function changesOfDeclarations(): readonly [Changed, Reasons] {
  const changes = Object.entries(changesNamed(""));
  const reasons = changes.map(([name, { of, change }]) => [
    name,
    [
      ...[`${of} ${name} is not changed`, `${change} is not approved`, inDeclaration(of, change)],
      ...(of === "topic" ? ["The cluster "] : []),
    ],
  ]);
  return [
    { phase: "changed", only: changes.map(([name]) => name) },
    Object.fromEntries(reasons) as Reasons,
  ];
}

/** Changes that one `up` is to make, each refused for itself. */
const TOGETHER: Readonly<Record<string, readonly [Changed, Reasons]>> = {
  "changes of topics and accounts": changesOfDeclarations(),
  "larger volumes": [
    { cluster: { storage: { class: "fast", size: "13 TiB" } } },
    {
      "kafka-data-0": [
        ...["storage 12Ti → 13Ti", "volume-growth is not approved", inStackFile("volume-growth")],
      ],
    },
  ],
  "an older metadata version": [
    { cluster: { metadataVersion: "4.2" } },
    { kafka: ["METADATA_VERSION 4.3 → 4.2", "one-way-setting", inStackFile("one-way-setting")] },
  ],
  "another name of the cluster": [
    { cluster: { name: "other" } },
    {
      kafka: [
        "cluster kafka is not changed",
        "kafka is made anew, without what is on it: StatefulSet kafka/kafka → StatefulSet kafka/other",
        "kafka-data-2 is made anew",
        inStackFile("replacement"),
      ],
    },
  ],
  "another namespace": [
    { cluster: { namespace: "other" } },
    {
      kafka: [
        "cluster kafka is not changed",
        "kafka-namespace is made anew, without what is on it: namespace kafka → namespace other",
        "kafka-data-0 is made anew",
      ],
    },
  ],
  "another storage class": [
    { cluster: { storage: { class: "slow", size: "12 TiB" } } },
    {
      kafka: [
        "cluster kafka is not changed",
        "of class fast → claim kafka/data-kafka-0 of class slow",
      ],
    },
  ],
  "a namespace of somebody else": [
    { cluster: { createNamespace: false } },
    {
      kafka: [
        "cluster kafka is not changed",
        "kafka-namespace goes: namespace kafka. deletion is not approved.",
        inStackFile("deletion"),
      ],
    },
  ],
  // The last: what goes is refused when everything else is done, so Prometheus and the exporter have been told already.
  "declarations that go": [
    { phase: "changed", only: ["gone", "retired-too-long-ago"] },
    { gone: ["protect"], "retired-too-long-ago": ["protect"] },
  ],
};

/** What nevertheless is done, and undone by the next `up`: no record and no right depends on it. */
const DONE: Readonly<Record<string, readonly string[]>> = {
  "declarations that go": [
    "update exporter-config",
    "update prometheus-config",
    "update exporter",
    "update prometheus",
  ],
};

/** What was done, by logical name. */
const done = () => world.done.map((one) => one.replace(/ urn:.*::/, " "));

describe.for(Object.entries(TOGETHER))("an up with %s", ([name, [change, reasons]]) => {
  let told: ReadonlyMap<string, readonly string[]>;
  let status: string;

  beforeAll(async () => {
    world.done.length = 0;
    const result = await runUp(change);
    status = result.status;
    const nameOf = (urn: string) => parseUrn(urn).name.split("|")[0] ?? "";
    told = new Map(
      [...Map.groupBy(result.failures, ({ urn }) => nameOf(urn))].map(
        ([name, failures]) => [name, failures.map(({ message }) => message)] as const,
      ),
    );
  });

  test.for(Object.entries(reasons))("refuses that of %s, and says why", ([name, words]) => {
    const [message] = told.get(name) ?? [];
    for (const word of words) expect(message).toContain(word);
  });

  test("fails, does nothing and records nothing", async () => {
    expect(status).toBe("failed");
    const expected = DONE[name] ?? [];
    expect(done()).toEqual(expected);
    if (expected.length === 0) expect(await everything()).toEqual(standing);
  });
});

test("the way back from what was refused takes back what was done, and is no change besides", async () => {
  const { status, changes } = await runUp();
  expect([status, changes.update, changes.replace, changes.delete]).toEqual(["succeeded", 4, 0, 0]);
  expect(await everything()).toEqual(standing);
});

test("what was retired goes, and what was approved is done", async () => {
  world.done.length = 0;
  const { failures } = await runUp({
    phase: "changed",
    only: ["retired", "more-partitions-approved"],
  });
  expect(failures).toEqual([]);
  const is = (verb: string) => (one: string) => one.startsWith(`${verb} `);
  expect(done().filter(is("delete")).toSorted()).toEqual([
    "delete account-retired",
    "delete retired",
    "delete retired|SCRAM-SHA-512",
  ]);
  expect(done()).toContain("update more-partitions-approved");
});
