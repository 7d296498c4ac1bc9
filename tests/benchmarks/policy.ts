/**
 * What the policies cost: over the whole prod program, and how that grows. Needs no server.
 *
 *   node tests/benchmarks/policy.ts
 */
import { evaluate } from "../../policy/evaluate.ts";
import type { PolicyResource } from "../../policy/resource.ts";
import { ACL, MANAGED_TOPIC, TOPIC } from "../../model/stack/resource-types.ts";
import { policyResources } from "../support/pulumi/policy-resources.ts";
import { prodStack } from "../support/kubernetes/prod-stack.ts";
import { DOMAINS } from "../../topics/domains.ts";
import { runProgram } from "../support/pulumi/program.ts";
import { isMet, median, print, timed } from "./measure.ts";

const ROUNDS = 9;
const context = { environment: "prod", today: new Date() } as const;

/** Milliseconds of one evaluation; the first ones warm the machine up. */
async function cost(resources: readonly PolicyResource[]): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    times.push((await timed(() => evaluate(resources, context))) * 1000);
  }
  return median(times);
}

/** The program with so many times its topics and grants. */
const grown = (resources: readonly PolicyResource[], times: number): PolicyResource[] =>
  resources.flatMap((one) =>
    [TOPIC, MANAGED_TOPIC, ACL].includes(one.type)
      ? Array.from({ length: times }, (_, n) => numbered(one, n))
      : [one],
  );

function numbered(one: PolicyResource, n: number): PolicyResource {
  const suffix = n === 0 ? "" : `-${String(n)}`;
  const { name } = one.inputs;
  const inputs = typeof name === "string" ? { ...one.inputs, name: name + suffix } : one.inputs;
  const parent = one.type === TOPIC ? `${one.parent ?? ""}${suffix}` : one.parent;
  return { ...one, urn: one.urn + suffix, name: one.name + suffix, inputs, parent };
}

const [recorded] = await runProgram(await prodStack(), { preview: true, domains: DOMAINS });
const prod = policyResources(recorded);
const first = (await timed(() => evaluate(prod, context))) * 1000;
const [few, many] = [grown(prod, 6), grown(prod, 60)];
const [cheap, dear] = [await cost(few), await cost(many)];
const figures = [
  {
    what: "policies, the prod program",
    measured: first,
    limit: 300,
    wanted: "at most",
    unit: "ms",
    how: `${String(prod.length)} resources, the first evaluation of a process`,
  },
  {
    what: "policies, per resource",
    measured: dear / many.length / (cheap / few.length),
    limit: 1.5,
    wanted: "at most",
    unit: "×",
    how: `${String(many.length)} resources (${dear.toFixed(0)} ms) against ${String(few.length)} (${cheap.toFixed(0)} ms)`,
  },
] as const;
for (const figure of figures) {
  print(figure);
  if (!isMet(figure)) process.exitCode = 1;
}
