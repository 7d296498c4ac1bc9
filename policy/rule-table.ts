import type { RuleText } from "./rule.ts";

/** The rules as a table in Markdown, and below it why there is each and what to do. */
export const ruleTable = (rules: readonly RuleText[]): string =>
  [
    "| rule | counts in | what is right |",
    "| --- | --- | --- |",
    ...rules.map(({ id, level, environments, title }) => {
      const where = environments.length === 3 ? "everywhere" : environments.join(", ");
      const advisory = level === "advisory" ? " (advice)" : "";
      return `| [\`${id}\`](#${id}) | ${where}${advisory} | ${title} |`;
    }),
    "",
    "## Why, and what to do",
    "",
    ...rules.flatMap(({ id, reason, fix }) => [`### ${id}`, "", `${reason} _${fix}_`, ""]),
  ].join("\n");
