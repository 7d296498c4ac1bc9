import type { Alert } from "./rule-tests.ts";
import { seconds } from "./rule-tests.ts";

/** A rule with one thing in it that is wrong. */
export interface Mutant {
  /** What was changed, and to what. */
  readonly change: string;
  readonly alert: Alert;
}

/** Every place of a pattern in the expression, each replaced by everything else that may stand there. */
function replaced(
  expr: string,
  pattern: RegExp,
  others: (found: string) => readonly string[],
): { change: string; expr: string }[] {
  return [...expr.matchAll(pattern)].flatMap((match) =>
    others(match[0])
      .filter((other) => other !== match[0])
      .map((other) => ({
        change: `${match[0].trim()} at ${match.index} → ${other.trim() || "nothing"}`,
        expr: expr.slice(0, match.index) + other + expr.slice(match.index + match[0].length),
      })),
  );
}

const oneOf = (...words: readonly string[]) => words;
const figure = (amount: number): string => String(Number(amount.toPrecision(8)));

/** A number that is a little more, and one that is a little less. */
function near(found: string): string[] {
  const amount = Number(found);
  const step = Number.isInteger(amount)
    ? Math.abs(amount) < 20
      ? 1
      : amount * 0.25
    : amount * 0.25;
  return [figure(amount + step), figure(amount - step)];
}

const windows = (found: string): string[] => {
  const amount = seconds(found.slice(1, -1));
  return [`[${2 * amount}s]`, `[${Math.max(amount / 2, 30)}s]`];
};

/**
 * Changes that change nothing, because what is counted is never below 0, and states are 0 or 1: no case could
 * tell them.
 */
const EQUIVALENT: readonly (readonly [RegExp, RegExp])[] = [
  [/ > (?=0(?!\.))/, / != (?=0(?!\.))/],
  [/ == (?=0(?!\.))/, / <= (?=0(?!\.))/],
  [/ == (?=1(?![.\d]))/, / >= (?=1(?![.\d]))/],
  // A join with a series that is always 1, or of 0, for the sake of its owner.
  [/ \* (?=on \([^)]*\) group_left \(owner\) declared:(consumption|dead_letters))/, / \/ /],
  [/(?<= == 0.*) \* (?=on \([^)]*\) group_left \(owner\) )/, / [-+/] /],
  // What never falls has grown by nothing if and only if its rate is 0 and it has not changed; so has the sum of several.
  [/\bincrease\((?=.*\) == 0 )/, /(rate|changes)\(/],
  [/\bmax by (?=\([^)]*\) \((increase|changes)\(\w+\[\w+\]\)\) == 0 )/, /sum by /],
  // Some of several is more than 0 if and only if all together are.
  [/\b(sum|max) by (?=\([^)]*\) \((rate\()?\w+(\[\w+\]\))?\) > 0(\)|$))/, /(sum|max) by /],
  [/\b(sum|max) by (?=\([^)]*\) \(\w+(\{[^}]*\})?\).* == 0$)/, /(sum|max) by /],
  // Any number is a sign of life.
  [/(?<=vector\()1(?=\))/, /[02]/],
  [/\brate\((?=\w+\[\w+\]\)\) > 0$)/, /increase\(/],
];

const isEquivalent = (before: string, after: string): boolean =>
  EQUIVALENT.some(([one, other]) =>
    [...before.matchAll(new RegExp(one, "g"))].some(({ index, 0: found }) => {
      const changed = after.slice(index).match(other);
      return (
        changed?.index === 0 &&
        before.slice(0, index) + changed[0] + before.slice(index + found.length) === after
      );
    }),
  );

const mutatedExpressions = (expr: string) => [
  // Comparisons, also those that only turn into 0 and 1.
  ...replaced(expr, / (>=|<=|>|<|==|!=) /g, (found) =>
    oneOf(" > ", " < ", " >= ", " <= ", " == ", " != ").filter((other) => other !== found),
  ),
  ...replaced(expr, / bool /g, () => [" "]),
  // Numbers that are no part of a word, a window or a text.
  ...replaced(expr, /(?<![\w".:/[])\d+(\.\d+)?(?![\w".\]])/g, near),
  ...replaced(expr, /\b(max|min|sum|count) by/g, () =>
    oneOf("max by", "min by", "sum by", "count by"),
  ),
  // Each label of each aggregation.
  ...replaced(expr, /\b(?:by|on) \([^)]*\)/g, (found) => {
    const [word = "", list = ""] = found.slice(0, -1).split(" (");
    const labels = list.split(", ");
    return labels.map((gone) => `${word} (${labels.filter((one) => one !== gone).join(", ")})`);
  }),
  ...replaced(expr, / (and|or|unless) (?=on|\(|[a-z])/g, () => oneOf(" and ", " or ", " unless ")),
  ...replaced(expr, / [-+*/] /g, () => oneOf(" + ", " - ", " * ", " / ")),
  ...replaced(expr, /\b(increase|rate|changes)\(/g, () =>
    oneOf("increase(", "rate(", "changes(", "delta("),
  ),
  ...replaced(expr, /\[\d+[smhd]\]/g, windows),
  ...replaced(expr, /offset \d+[smhd]/g, (found) => {
    const amount = seconds(found.split(" ")[1]);
    return [`offset ${2 * amount}s`, `offset ${amount / 2}s`];
  }),
  // Each matcher: gone, and of something else.
  ...replaced(expr, /\w+=~?"[^"]+",?(?=[^{}]*\})/g, (found) => [
    "",
    found.replace(/"[^"]+"/, '"another"'),
  ]),
  ...replaced(expr, / group_left \(owner\)/g, () => [" group_left ()"]),
];

function mutatedDurations(alert: Alert, step: number): Mutant[] {
  const held = seconds(alert.for);
  return [...new Set([0, Math.floor(held / 2 / step) * step, held - step, held + step, held * 2])]
    .filter((other) => other >= 0 && other !== held)
    .map((other) => ({
      change: `for ${alert.for ?? "0s"} → ${other}s`,
      alert: { ...alert, for: `${other}s` },
    }));
}

const mutatedLabels = (alert: Alert): Mutant[] =>
  Object.entries(alert.labels).flatMap(([label, value]) => [
    {
      change: `${label} ${value} → another`,
      alert: { ...alert, labels: { ...alert.labels, [label]: "another" } },
    },
    {
      change: `${label} ${value} → nothing`,
      alert: {
        ...alert,
        labels: Object.fromEntries(Object.entries(alert.labels).filter(([name]) => name !== label)),
      },
    },
  ]);

/**
 * A rule with every operator, figure, function, label and duration changed, one at a time.
 *
 * @param step seconds between two evaluations: a duration that is changed by less is the same
 */
export function mutantsOf(alert: Alert, step = 15): Mutant[] {
  const expressions = mutatedExpressions(alert.expr).filter(
    ({ expr }) => !isEquivalent(alert.expr, expr),
  );
  const distinct = new Map(expressions.map((one) => [one.expr, one]));
  return [
    ...[...distinct.values()].map(({ change, expr }) => ({ change, alert: { ...alert, expr } })),
    ...mutatedDurations(alert, step),
    ...mutatedLabels(alert),
  ];
}
