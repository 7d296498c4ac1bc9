import type { AlertingInput } from "../../../model/alerting/rule-file.ts";
import type { AlertCase } from "./alert-case.ts";
import type { Mutant } from "./mutations.ts";
import { withFiles } from "./promtool.ts";
import {
  type Alert,
  boundaryOf,
  promtoolTest,
  recordingsFor,
  renamed,
  testFile,
} from "./rule-tests.ts";

/** What became of the mutants of one rule. */
export interface Outcome {
  /** Those that are PromQL: the others, nobody could write. */
  readonly tried: number;
  /** What was changed without any case noticing. */
  readonly survivors: readonly string[];
}

const nameOf = (index: number): string => `mutant-${index}`;

/**
 * Which mutants no case of their rule notices. All are in one rule file, each under a name of its own, and
 * every case is asked of each.
 */
export async function tryMutants(
  alert: Alert,
  mutants: readonly Mutant[],
  cases: readonly AlertCase[],
  input: AlertingInput,
): Promise<Outcome> {
  const valid = await validOnes(mutants);
  const left = await unnoticed(alert, valid, cases, input, false);
  // The figures in their texts are the last thing that may tell them apart.
  const survivors = await unnoticed(alert, left, cases, input, true);
  return { tried: valid.length, survivors: survivors.map(([, { change }]) => change) };
}

type Named = readonly [name: string, mutant: Mutant];

async function unnoticed(
  alert: Alert,
  mutants: readonly Named[],
  all: readonly AlertCase[],
  input: AlertingInput,
  byText: boolean,
): Promise<Named[]> {
  const cases = byText ? all.filter(({ says }) => says !== undefined) : all;
  let left = mutants;
  for (const some of Object.values(Object.groupBy(cases, ({ interval = "15s" }) => interval))) {
    for (;;) {
      const { failed, broken } = await asked(alert, left, some, input, byText);
      left = left.filter(([name]) => !failed.has(name) && !broken.has(name));
      // A rule that cannot be evaluated ends the test for all of them.
      if (broken.size === 0) break;
    }
  }
  return [...left];
}

async function asked(
  alert: Alert,
  mutants: readonly Named[],
  cases: readonly AlertCase[],
  input: AlertingInput,
  byText: boolean,
) {
  const names = mutants.map(([name]) => name);
  const rules = mutants.map(([name, one]) => renamed(one.alert, name, byText));
  const groups = [{ name: "one", rules: [...recordingsFor(alert.expr, input), ...rules] }];
  const tests = cases.map((one) => {
    const says = byText ? [one.says ?? []].flat() : undefined;
    return promtoolTest(byText ? boundaryOf(one) : one, alert, names, says);
  });
  const files = { "rules.yml": { groups }, "test.yml": testFile(tests) };
  const { output } = await withFiles("promtool", files, "test", "rules", "test.yml");
  const found = (pattern: RegExp) => new Set([...output.matchAll(pattern)].map(([, name]) => name));
  return {
    failed: found(/alertname: (mutant-\d+), time/g),
    broken: found(/rule: (mutant-\d+), time/g),
  };
}

/** Without those that Prometheus would not even load. */
async function validOnes(mutants: readonly Mutant[]): Promise<Named[]> {
  const named = mutants.map((one, index) => [nameOf(index), one] as const);
  const groups = named.map(([name, one]) => ({ name, rules: [renamed(one.alert, name)] }));
  const { output } = await withFiles(
    "promtool",
    { "rules.yml": { groups } },
    "check",
    "rules",
    "rules.yml",
  );
  const refused = new Set(
    [...output.matchAll(/group "(mutant-\d+)", rule/g)].map(([, name]) => name),
  );
  return named.filter(([name]) => !refused.has(name));
}
