import { beforeAll, expect, test } from "vitest";
import { evaluate } from "../../../policy/evaluate.ts";
import { isBlocking } from "../../../policy/finding.ts";
import type { PolicyResource } from "../../../policy/resource.ts";
import { RULES } from "../../../policy/rules.ts";
import { TEST_DOMAINS } from "../../support/catalogue.ts";
import { policyResources } from "../../support/pulumi/policy-resources.ts";
import { prodStack } from "../../support/kubernetes/prod-stack.ts";
import { runProgram } from "../../support/pulumi/program.ts";
import { stackFile } from "../../support/pulumi/stack-file.ts";
import type { BadStack } from "./bad-stack.ts";
import { broken, overlaid, withPatches } from "./patches.ts";
import { BAD_STACKS } from "./stacks/all.ts";

const today = new Date("2026-11-25");

const shipped = new Map<string, PolicyResource[]>();

beforeAll(async () => {
  for (const stack of ["dev", "prod"] as const) {
    shipped.set(stack, await registered({ stack, breaks: {} }));
  }
}, 120_000);

/** What the program registers with the configuration and the catalogue of a bad stack. */
async function registered({ stack, config, domain }: BadStack): Promise<PolicyResource[]> {
  const domains = { ...TEST_DOMAINS, ...(domain !== undefined && { "topics/bad.ts": domain }) };
  const file = stack === "dev" ? stackFile("dev") : await prodStack();
  const [recorded] = await runProgram(overlaid(file, config), { preview: true, domains });
  return policyResources(recorded);
}

test.for(Object.entries(BAD_STACKS))("mandatory rules refuse: %s", async ([, bad]) => {
  const own = bad.config !== undefined || bad.domain !== undefined;
  const resources = withPatches(own ? await registered(bad) : (shipped.get(bad.stack) ?? []), bad);
  const environment = bad.stack;
  const findings = evaluate(resources, { environment, today }).filter(isBlocking);
  expect(broken(findings, bad.breaks)).toEqual(bad.breaks);
  expect(findings).not.toEqual([]);
});

test("there are enough bad stacks, and most mandatory rules are broken by one", () => {
  expect(Object.keys(BAD_STACKS).length).toBeGreaterThanOrEqual(25);
  const tried = new Set(Object.values(BAD_STACKS).flatMap(({ breaks }) => Object.keys(breaks)));
  const untried = RULES.filter(({ id, level }) => level === "mandatory" && !tried.has(id));
  // Those are broken in tests/policy only: their resources are made in one place, from settings that
  // cannot say anything else.
  expect(untried.map(({ id }) => id).sort()).toEqual([
    "namespace-security",
    "pod-service-account",
    "storage-class",
    "topic-name",
  ]);
});
