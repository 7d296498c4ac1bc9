import * as proxy from "@pulumi/policy/proxy.js";
import { beforeAll, describe, expect, test } from "vitest";
import { evaluate } from "../../policy/evaluate.ts";
import { isBlocking } from "../../policy/finding.ts";
import { policies } from "../../policy/pack.ts";
import { isSecretValue, type PolicyResource, revealed, UNKNOWN } from "../../policy/resource.ts";
import { RULE_TEXTS } from "../../policy/rules.ts";
import { shippedProgram } from "../support/pulumi/shipped-programs.ts";
import {
  changed,
  CLUSTER,
  DECLARATION,
  everythingWith,
  topicNamed,
  TOPIC,
  unprotected,
} from "./resources.ts";

const today = new Date("2026-11-25T12:00:00Z");

/** The SDK's own, which throws when an unknown value is read; its types leave it out. */
const { unknownCheckingProxy } = proxy as unknown as {
  unknownCheckingProxy: (props: unknown) => Record<string, unknown>;
};

/** What the SDK puts in the place of text that a preview does not know. */
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Inputs as the CLI hands them on: secrets revealed, unknown values as the SDK marks them. */
function sent(value: unknown): unknown {
  if (value === UNKNOWN) return UNKNOWN_TEXT;
  if (isSecretValue(value)) return sent(revealed(value));
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sent);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sent(inner)]));
}

interface Violation {
  readonly policy: string;
  readonly level: string | undefined;
  readonly urn: string;
  readonly message: string;
}

/** Runs the pack as the CLI does: each resource as it is registered, then all together. */
async function analysed(resources: readonly PolicyResource[]): Promise<Violation[]> {
  const found: Violation[] = [];
  const pack = policies(today);
  const reporting =
    (policy: string, level: string | undefined, of?: string) => (message: string, urn?: string) => {
      found.push({ policy, level, urn: of ?? urn ?? "", message });
    };
  for (const { urn, type, name, parent, inputs, options } of resources) {
    for (const policy of pack) {
      if (!("validateResource" in policy)) continue;
      const validate = policy.validateResource;
      if (typeof validate !== "function") throw new Error(`${policy.name} validates nothing`);
      const opts = { protect: options.protect, parent };
      const props = unknownCheckingProxy(sent(inputs));
      const args = { urn, type, name, props, opts } as unknown as Parameters<typeof validate>[0];
      await validate(args, reporting(policy.name, policy.enforcementLevel, urn));
    }
  }
  for (const policy of pack) {
    if (!("validateStack" in policy)) continue;
    const args = { resources: resources.map(({ urn }) => ({ urn })) };
    await policy.validateStack(
      args as unknown as Parameters<typeof policy.validateStack>[0],
      reporting(policy.name, policy.enforcementLevel),
    );
  }
  return found;
}

const mandatory = (violations: readonly Violation[]) =>
  violations
    .filter(({ level }) => level === "mandatory")
    .map(({ policy, urn }) => `${policy} ${urn}`)
    .sort();

test("every rule is a policy of its name and level", () => {
  const listed = policies(today).map(({ name, enforcementLevel }) => [name, enforcementLevel]);
  expect(listed).toEqual([
    ...RULE_TEXTS.map(({ id, level }) => [id, level]),
    ["waived", "advisory"],
  ]);
});

describe.for(["dev", "prod"] as const)("the shipped %s program", (environment) => {
  let resources: PolicyResource[];
  beforeAll(async () => {
    // As they are registered: what a component is told comes before its children.
    resources = (await shippedProgram(environment)).toSorted(
      (one, other) => Number(one.parent !== undefined) - Number(other.parent !== undefined),
    );
  }, 120_000);

  test("gets the same findings from the pack as from the evaluation", async () => {
    const violations = await analysed(resources);
    const findings = evaluate(resources, { environment, today, secretsMarked: false });
    const line = (rule: string, urn: string, message: string) => `${rule} ${urn} ${message}`;
    expect(
      violations
        .filter(({ policy }) => policy !== "waived")
        .map(({ policy, urn, message }) => line(policy, urn, message.split("\n")[0] ?? ""))
        .sort(),
    ).toEqual(
      findings
        .filter(({ waiver }) => waiver === undefined)
        .map(({ rule, urn, message }) => line(rule, urn, message))
        .sort(),
    );
    expect(mandatory(violations)).toEqual([]);
    expect(violations.filter(({ policy }) => policy === "waived")).toHaveLength(
      findings.filter(({ waiver }) => waiver !== undefined).length,
    );
  });
});

test("what is not known is mandatory, and not advice as the CLI would have it", async () => {
  const violations = await analysed([CLUSTER, changed(TOPIC, ["replicationFactor"], UNKNOWN)]);
  expect(violations.filter(({ policy }) => policy === "topic-replication")).toEqual([
    {
      policy: "topic-replication",
      level: "mandatory",
      urn: TOPIC.urn,
      message:
        "undecidable: replicationFactor is not known yet; wanted a number\n" +
        "Fix: Let the program decide it from plain values, without waiting for another resource.",
    },
  ]);
});

test("rules on all resources judge what was declared, whatever outputs there are", async () => {
  const resources = everythingWith(topicNamed("a.b"), topicNamed("a_b"));
  expect(mandatory(await analysed(resources))).toEqual([
    `topic-name-collision ${topicNamed("a_b").urn}`,
  ]);
});

test("the environment is the cluster's; before it has said so the strictest one counts", async () => {
  const topic = unprotected(TOPIC);
  const dev = changed(CLUSTER, ["environment"], "dev");
  const expected = [`topic-protect ${TOPIC.urn}`];
  const protection = async (resources: PolicyResource[]) =>
    mandatory(await analysed(resources)).filter((line) => line.startsWith("topic-protect"));
  expect(await protection([DECLARATION, topic])).toEqual(expected);
  expect(await protection([CLUSTER, DECLARATION, topic])).toEqual(expected);
  expect(await protection([dev, DECLARATION, topic])).toEqual([]);
  expect(await protection([changed(CLUSTER, ["environment"], "home"), DECLARATION, topic])).toEqual(
    expected,
  );
});

test("a waiver of the declaration is known when the topic comes, and listed at the end", async () => {
  const waiver = {
    rule: "topic-retention",
    reason: "Compliance.",
    owner: "shop",
    until: "2027-06-30",
  };
  const resources = [
    CLUSTER,
    changed(DECLARATION, ["waivers"], [waiver]),
    changed(TOPIC, ["config", "retention.ms"], "-1"),
  ];
  const violations = await analysed(resources);
  expect(mandatory(violations)).toEqual([]);
  expect(violations.filter(({ policy }) => policy === "waived")).toEqual([
    {
      policy: "waived",
      level: "advisory",
      urn: TOPIC.urn,
      message:
        'topic-retention: retention.ms is "-1"; wanted 1 to 2592000000 (30 days)\n' +
        "Waived until 2027-06-30 by shop: Compliance.",
    },
  ]);
  expect(evaluate(resources, { environment: "prod", today }).filter(isBlocking)).toEqual([]);
});
