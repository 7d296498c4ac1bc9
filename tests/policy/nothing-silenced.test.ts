import { globSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { stackConfigSchema } from "../../model/stack/stack-config.ts";
import { evaluate } from "../../policy/evaluate.ts";
import { isBlocking } from "../../policy/finding.ts";
import type { PolicyResource } from "../../policy/resource.ts";
import { RULES } from "../../policy/rules.ts";
import { WAIVER_HOLDERS } from "../../policy/waivers.ts";
import { shippedProgram } from "../support/pulumi/shipped-programs.ts";
import { ALL_CASES } from "./cases/all.ts";

const today = new Date("2026-11-25");

/** Everything that may waive a rule in the shipped prod program. */
let holders: PolicyResource[];

beforeAll(async () => {
  const resources = await shippedProgram("prod");
  holders = resources
    .filter(({ type }) => WAIVER_HOLDERS.includes(type))
    .map((one) => ({ ...one, urn: `${one.urn}-shipped` }));
}, 120_000);

/** Rules of which production is not told to stop; each other one stops it. */
const ADVISORY = [
  "topic-retention-bytes",
  "topic-partitions-spread",
  "topic-compression",
  "acl-deny",
  "acl-host",
  "quota-default",
  "broker-rack",
  "storage-size",
  "service-sources",
  "agreement-term",
];

test("all rules count in production, and all but a few are mandatory", () => {
  expect(RULES.filter(({ environments }) => !environments.includes("prod"))).toEqual([]);
  const advisory = RULES.filter(({ level }) => level === "advisory").map(({ id }) => id);
  expect(advisory.toSorted()).toEqual(ADVISORY.toSorted());
});

describe("with production's waivers", () => {
  test.for(RULES.filter(({ level }) => level === "mandatory").map(({ id }) => id))(
    "the rule %s still stops a change",
    (rule) => {
      const { bad } = ALL_CASES[rule as keyof typeof ALL_CASES];
      const [[given, ...messages]] = bad;
      const resources = "urn" in given ? [given] : given;
      const findings = evaluate([...holders, ...resources], { environment: "prod", today });
      const found = findings.filter((finding) => finding.rule === rule && isBlocking(finding));
      expect(found.map(({ message }) => message)).toEqual(messages);
    },
  );
});

test("a waiver of a stack file is for one resource, and there is no other way to silence a rule", () => {
  // Approvals are of changes; no rule looks at those of a stack file.
  const keys = Object.keys(stackConfigSchema.shape.policy.unwrap().shape);
  expect(keys).toEqual(["waivers", "approve"]);
  for (const file of globSync("Pulumi.*.yaml")) {
    const { config } = parse(readFileSync(file, "utf8")) as { config: Record<string, unknown> };
    const { waivers = [] } = (config["kafka-platform:policy"] ?? {}) as {
      waivers?: { resource?: string }[];
    };
    for (const { resource } of waivers) expect(resource).toMatch(/\S/);
  }
});

test("nothing in the project hands the CLI a configuration of the pack, which could silence rules", () => {
  const files = globSync([
    "*.json",
    "{cli,policy,.ci,.github}/**/*.{ts,js,mjs,json,yml,yaml,sh}",
    ".ci/run",
  ]);
  const found = files.filter((file) => readFileSync(file, "utf8").includes("policy-pack-config"));
  expect(found).toEqual([]);
});
