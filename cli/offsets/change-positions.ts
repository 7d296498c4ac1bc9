import { UserError } from "../../model/values/user-error.ts";
import { applyPlan } from "../../operations/offsets/apply-plan.ts";
import { type GroupStanding, withoutMembers } from "../../operations/offsets/group-standing.ts";
import { changes, planId, type ResetPlan } from "../../operations/offsets/reset-plan.ts";
import { outcomeOf, recordOf } from "../../operations/offsets/undo-record.ts";
import type { ClusterConnection } from "../stack/admin-connection.ts";
import type { Stack } from "../stack/project.ts";
import { formatOf, isSet, print, text } from "../terminal/arguments.ts";
import { type Arguments, EXIT } from "../terminal/command.ts";
import { planJson, planLines } from "./plan-text.ts";
import { newUndoFile, unfinished, writeUndoFile } from "./undo-files.ts";

/** Shows a plan, and applies it when that is asked for. */
export async function changePositions(
  args: Arguments,
  stack: Stack,
  cluster: ClusterConnection,
  { plan, standing, again }: { plan: ResetPlan; standing: GroupStanding; again: string },
): Promise<number> {
  settle(stack, plan.group, standing);
  const execute = isSet(args, "execute");
  const wanted = text(args, "plan");
  const isJson = formatOf(args) === "json";
  if (wanted !== undefined && wanted !== planId(plan)) {
    throw new UserError(
      `--plan ${wanted}: the plan has become another (${planId(plan)}) since it was shown. Nothing was changed.`,
    );
  }
  const isIdle = changes(plan).length === 0;
  const lines = planLines(plan);
  if (isIdle) {
    print(args, { lines, json: { ...planJson(plan), executed: false } });
    return EXIT.fine;
  }
  if (!execute) {
    const next = `\`${again} --execute --plan ${planId(plan)}\``;
    print(args, {
      lines: [...lines, `Nothing was changed. ${next} does exactly this, or nothing.`],
      json: { ...planJson(plan), members: standing.members, executed: false },
    });
    if (standing.members > 0) {
      console.error(
        `Group ${plan.group} has ${String(standing.members)} members now: stop them before that.`,
      );
    }
    return EXIT.fine;
  }
  withoutMembers(plan.group, standing);
  if (!isJson) console.log(lines.join("\n"));
  const { clusterId } = await cluster.admin.checkCluster();
  const at = new Date().toISOString();
  const file = newUndoFile(stack, plan.group, at);
  await applyPlan(cluster.links, plan, standing, (steps, state) => {
    writeUndoFile(file, recordOf(steps, { clusterId, group: plan.group, at, state }));
    if (state === "begun") console.error(`The old positions are kept in ${file}.`);
  });
  const undo = `npx kafka-platform offsets undo ${file} --stack ${stack.name} --execute`;
  if (isJson) print(args, { lines, json: { ...planJson(plan), executed: true, undo: file } });
  else console.log(`Done. \`${undo}\` puts the old positions back.`);
  return EXIT.fine;
}

/** Says what became of changes that were killed on their way, by where the group stands now. */
function settle(stack: Stack, group: string, { positions }: GroupStanding): void {
  for (const { file, record } of unfinished(stack, group)) {
    const outcome = outcomeOf(record, positions);
    if (outcome === "half") {
      console.error(
        `A change of ${record.at} was ended halfway. \`npx kafka-platform offsets undo ${file} --stack ${stack.name}\` puts back what was before it.`,
      );
      continue;
    }
    const words = {
      done: "was made in full, though its end was not seen; it can be undone from",
      "not done": "was ended before it changed anything; its file is",
      moved: "was begun, and the group has moved since; what was before it is in",
    }[outcome];
    console.error(`A change of ${record.at} ${words} ${file}.`);
    writeUndoFile(file, { ...record, state: outcome === "not done" ? "not done" : "done" });
  }
}
