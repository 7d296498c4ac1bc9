import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Checkout } from "../support/project/checkout.ts";

const CLUSTER = "kafka-platform:cluster:";

/** Changes of what earlier stacks have that are meant, each with its reason. */
const MEANT: Readonly<Record<"dev" | "prod", readonly string[]>> = {
  // Bounds on what clients may announce, and on how long a login counts: another configuration of brokers. In dev,
  // where every version has its own, an image whose brokers know the secret of their disk.
  dev: [
    `replace ${CLUSTER}DockerBroker$docker:index/container:Container broker`,
    `replace ${CLUSTER}DockerBroker$docker:index/remoteImage:RemoteImage broker-image`,
    `update ${CLUSTER}DockerBroker broker`,
  ],
  prod: [
    `update ${CLUSTER}KubernetesCluster$kubernetes:apps/v1:StatefulSet kafka`,
    `update ${CLUSTER}KubernetesCluster$kubernetes:core/v1:ConfigMap kafka-config`,
  ],
};

/** What watches the broker, each in a container of its own: new with that version. */
const OBSERVERS = ["alertmanager", "grafana", "prometheus"];
const WATCHED = OBSERVERS.flatMap((name) => {
  const type = `kafka-platform:observability:Docker${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  return [
    `create ${type}$docker:index/container:Container ${name}`,
    `create ${type}$docker:index/remoteImage:RemoteImage ${name}-image`,
    ...(name === "prometheus" ? [`create ${type}$docker:index/volume:Volume ${name}-data`] : []),
  ];
});

/** The account of commands that only look: every stack has it since. */
const OPERATOR = [
  ...["DescribeConfigs|Allow|Cluster|kafka-cluster", "DescribeConfigs|Allow|Topic|*"],
  ...["Describe|Allow|Cluster|kafka-cluster", "Describe|Allow|Group|*", "Read|Allow|Topic|*"],
]
  .map((right) => `kafka:index/acl:Acl User:kafka-operator|*|${right}|Literal`)
  .concat("kafka:index/userScramCredential:UserScramCredential kafka-operator|SCRAM-SHA-512")
  .map((resource) => `create kafka-platform:access:ServiceAccount$${resource}`);

const HERE = import.meta.dirname;

/** What clients connect with has the codecs and sizes of their topics now, and production's figures. */
const CLIENT_FILES = accountsOf(readFileSync(path.join(HERE, "declarations.json"), "utf8")).map(
  (account) => `update kubernetes:core/v1:Secret account-${account}`,
);

function accountsOf(declarations: string): string[] {
  const { domains } = JSON.parse(declarations) as {
    domains: Record<string, { accounts?: Record<string, object> }>;
  };
  return Object.values(domains)
    .flatMap(({ accounts = {} }) => Object.keys(accounts))
    .sort();
}

let checkout: Checkout;

beforeAll(() => {
  checkout = new Checkout();
  cpSync(path.join(HERE, "declarations.json"), path.join(checkout.folder, "declarations.json"));
  // The catalogue of that time: what has been declared since is no change of the program.
  const declared = (name: string) =>
    `import { readFileSync } from "node:fs";\n` +
    `export const ${name === "domains" ? "DOMAINS" : "ACCOUNT_GROUPS"} = ` +
    `JSON.parse(readFileSync(new URL("../declarations.json", import.meta.url), "utf8")).${name};\n`;
  checkout.edit("topics/domains.ts", () => declared("domains"));
  checkout.edit("topics/account-groups.ts", () => declared("accountGroups"));
});
afterAll(() => {
  checkout.remove();
});

/** Previews today's program on the state that an earlier one left; a file lists each change. */
async function preview(stack: "dev" | "prod") {
  const home = path.join(checkout.folder, `home-${stack}`);
  const state = gunzipSync(readFileSync(path.join(HERE, stack, "state.journal.gz")));
  mkdirSync(path.join(home, stack), { recursive: true, mode: 0o700 });
  writeFileSync(path.join(home, stack, "state.journal"), state, { mode: 0o600 });
  const file = path.join(HERE, stack, `Pulumi.${stack}.yaml`);
  return checkout.npm(
    [
      "preview",
      "--stack",
      stack,
      "--config-file",
      file,
      "--engine",
      "embedded",
      "--format",
      "json",
    ],
    {
      env: {
        KAFKA_PLATFORM_HOME: home,
        PULUMI_CONFIG_PASSPHRASE_FILE: path.join(HERE, stack, "passphrase"),
      },
    },
  );
}

const inShort = ({ verb, urn }: Report["changes"][number]): string =>
  [verb, ...urn.split("::").slice(-2)].join(" ");

interface Declarations {
  readonly domains: Record<"topics/e-commerce.ts", { topics: Record<string, object> }>;
}

interface Report {
  readonly comparedWith: unknown;
  readonly counts: Readonly<Record<string, number>>;
  readonly changes: readonly { readonly verb: string; readonly urn: string }[];
}

test("a prod stack of an earlier version has no change to preview but those that are meant", async () => {
  const { stdout } = await preview("prod");
  const report = JSON.parse(stdout) as Report;
  expect(report.comparedWith).toEqual({ kind: "own state" });
  expect(report.changes.map(inShort).toSorted()).toEqual(
    [...MEANT.prod, ...CLIENT_FILES, ...OPERATOR].toSorted(),
  );
});

/** That a value which is recorded, of a topic or of its component alone, is seen shows that others would be. */
test("a dev stack of an earlier version has none either but what has been declared since", async () => {
  checkout.edit("declarations.json", (text) => {
    const declared = JSON.parse(text) as Declarations;
    const { topics } = declared.domains["topics/e-commerce.ts"];
    topics["transactions"] = { ...topics["transactions"], retention: "6d" };
    topics["user-events"] = { ...topics["user-events"], description: "Another one." };
    return JSON.stringify(declared);
  });
  const { stdout } = await preview("dev");
  const report = JSON.parse(stdout) as Report;
  expect(report.comparedWith).toEqual({ kind: "own state" });
  expect(report.changes.map(inShort).toSorted()).toEqual(
    [
      ...MEANT.dev,
      ...WATCHED,
      ...OPERATOR,
      "update kafka-platform:topic:ManagedTopic$kafka:index/topic:Topic transactions",
      "update kafka-platform:topic:ManagedTopic user-events",
    ].toSorted(),
  );
});
