import { matchesPattern } from "../../access/name-pattern.ts";
import { inEnvironment } from "../../topic/topic-spec.ts";
import { durationText } from "../../values/amount-text.ts";
import { ENVIRONMENTS } from "../../values/environment.ts";
import type { CatalogueTopic, Declared, OwnedAccount } from "../catalogue.ts";

/** Budgets of as long as records are kept: before they were exceeded, records would be lost unread. */
export function lagBudgetFaults(
  topics: readonly Declared<CatalogueTopic>[],
  accounts: readonly Declared<OwnedAccount>[],
): string[] {
  return accounts.flatMap(({ file, value: { name, consumes, streams = [] } }) => {
    const reads = [
      ...consumes.map(({ topics: names, lagBudget }) => ({ names, lagBudget })),
      ...streams.map(({ consumes: names, lagBudget }) => ({ names, lagBudget })),
    ];
    return reads.flatMap(({ names, lagBudget }) => {
      if (lagBudget === undefined || !("milliseconds" in lagBudget)) return [];
      const { milliseconds } = lagBudget;
      const read = topics.filter(({ value }) =>
        names.some((one) => matchesPattern(one, value.name)),
      );
      return read.flatMap(({ value }) => {
        const shortest = ENVIRONMENTS.map((environment) => {
          const { cleanup, retention = -1 } = inEnvironment(value, environment);
          return {
            environment,
            kept: cleanup === "compact" || retention < 0 ? Infinity : retention,
          };
        }).sort((one, other) => one.kept - other.kept)[0];
        if (shortest === undefined || milliseconds < shortest.kept) return [];
        return [
          `${file}: accounts.${name}: lagBudget: given ${durationText(milliseconds)}; wanted less than ` +
            `${durationText(shortest.kept)}, the retention of ${value.name} in ${shortest.environment}`,
        ];
      });
    });
  });
}
