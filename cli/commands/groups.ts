import { setTimeout as sleep } from "node:timers/promises";
import type { Looker } from "../../operations/health/looker.ts";
import type { GroupReport } from "../../operations/groups/group-report.ts";
import { targetOf } from "../../model/stack/cluster-kinds.ts";
import { matchesPattern } from "../../model/access/name-pattern.ts";
import { noSuch } from "../../model/values/spelling.ts";
import { UserError } from "../../model/values/user-error.ts";
import { engineOf } from "../engines/engine-facts.ts";
import { cannotSee } from "../look/cannot-see.ts";
import { groupDetail, groupTable } from "../look/group-text.ts";
import { lookedFor } from "../look/looked-for.ts";
import { asOperator } from "../stack/admin-connection.ts";
import { declaredCatalogue } from "../stack/declared-catalogue.ts";
import { stackConfig } from "../stack/effective-config.ts";
import { stackOf } from "../stack/project.ts";
import { isSet, print, text } from "../terminal/arguments.ts";
import { EXIT, FORMAT, type Command, stackFlags } from "../terminal/command.ts";

const DEADLINE_MS = 4_000;
/** Consumers commit every 5 seconds unless told otherwise: who has not moved for longer is stuck. */
const SAMPLE_MS = 6_000;
const STEP_MS = 1_000;

export const command: Command = {
  description:
    "A group that has something to read, and members, is watched for up to 6 seconds: does it move?",
  positionals: { usage: "[NAME]", counts: [0, 1] },
  needsAttention: "a group is stuck, or further behind than its budget",
  flags: {
    ...stackFlags,
    pattern: { type: "string", value: "NAME*", description: "groups whose name begins so" },
    "only-with-lag": { type: "boolean", description: "leave out groups that have read everything" },
    format: FORMAT,
  },
  async run(args) {
    const stack = stackOf(args);
    const config = stackConfig(stack);
    const catalogue = declaredCatalogue(targetOf(config));
    const engine = await engineOf(args, stack);
    const [name] = args.rest;
    const pattern = name ?? text(args, "pattern") ?? "*";
    return asOperator(engine, stack, DEADLINE_MS, async ({ links, controllers }) => {
      const { Looker } = await import("../../operations/health/looker.ts");
      const looker = new Looker(links, controllers, lookedFor(catalogue, config, new Date()));
      const isWanted = ({ group }: { readonly group: string }) =>
        name === undefined ? matchesPattern(pattern, group) : group === name;
      const { reports, view } = await watched(looker, isWanted);
      const blind = cannotSee(view, ["cluster", "groups", "offsets", "positions"]);
      for (const line of blind) console.error(`cannot see: ${line}`);
      const wanted = reports.filter(isWanted);
      const [only] = wanted;
      if (name !== undefined && !only) {
        if (blind.length > 0) return EXIT.error;
        throw new UserError(
          noSuch(
            "group",
            name,
            reports.map(({ group }) => group),
          ),
        );
      }
      const shown = wanted.filter(({ lag }) => !isSet(args, "only-with-lag") || lag !== 0);
      const lines = name !== undefined && only ? groupDetail(only) : groupTable(shown);
      // No answer and no group are two things.
      const isUnknown = blind.length > 0 && reports.length === 0;
      print(args, {
        lines: isUnknown ? ["Which groups there are is not known."] : lines,
        json: { groups: isUnknown ? null : shown, cannotSee: blind },
      });
      if (blind.length > 0) return EXIT.error;
      return shown.some(isIll) ? EXIT.needsAttention : EXIT.fine;
    });
  },
};

/** Looks until each group that could move has done so, or does not. */
async function watched(looker: Looker, isWanted: (report: GroupReport) => boolean) {
  const { groupReports, standings } = await import("../../operations/groups/group-report.ts");
  let view = await looker.look();
  const before = standings(looker.state);
  const started = performance.now();
  for (;;) {
    const sure = performance.now() - started >= SAMPLE_MS;
    const reports = groupReports(looker.state, view, before, sure);
    const waits = reports.some(
      (one) => isWanted(one) && one.movement === "unknown" && one.lag && one.members,
    );
    if (sure || !waits) return { reports, view };
    await sleep(STEP_MS);
    view = await looker.look();
  }
}

const isIll = ({ movement, topics }: GroupReport): boolean =>
  movement === "stuck" ||
  topics.some(({ lagSeconds = 0, lagBudgetSeconds = Infinity }) => lagSeconds > lagBudgetSeconds);
