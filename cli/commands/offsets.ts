import path from "node:path";
import { UserError } from "../../model/values/user-error.ts";
import { existing, groupStanding } from "../../operations/offsets/group-standing.ts";
import { lookForReset } from "../../operations/offsets/look-for-reset.ts";
import { planReset, planRestore } from "../../operations/offsets/reset-plan.ts";
import { stepsOf } from "../../operations/offsets/undo-record.ts";
import { engineOf } from "../engines/engine-facts.ts";
import { askedTarget, TARGET_FLAGS, whole } from "../offsets/asked-target.ts";
import { changePositions } from "../offsets/change-positions.ts";
import { readUndoFile } from "../offsets/undo-files.ts";
import { type ClusterConnection, inCluster } from "../stack/admin-connection.ts";
import { type Stack, stackOf } from "../stack/project.ts";
import { oneOf, print, text, texts } from "../terminal/arguments.ts";
import { type Arguments, type Command, EXIT, FORMAT, stackFlags } from "../terminal/command.ts";
import { textTable } from "../terminal/text-table.ts";

export const command: Command = {
  description:
    "Without --execute what would change is only shown. A group with members is refused. The old positions " +
    "are kept in a file, and undo puts them back, the ones that there had not been too.",
  positionals: { usage: "show|reset|undo GROUP-OR-FILE", counts: [2] },
  flags: {
    ...stackFlags,
    ...TARGET_FLAGS,
    topic: {
      type: "string",
      value: "TOPIC",
      multiple: true,
      description:
        "this topic only, may be repeated (default: all that the group has positions in)",
    },
    partition: {
      type: "string",
      value: "N",
      multiple: true,
      description: "this partition only, may be repeated (default: all)",
    },
    execute: { type: "boolean", description: "change them" },
    plan: {
      type: "string",
      value: "ID",
      description: "only if the plan is still the one that was shown with this id",
    },
    format: FORMAT,
  },
  async run(args) {
    const [given = "", name = ""] = args.rest;
    const verb = oneOf("first argument", given, ["show", "reset", "undo"]);
    const stack = stackOf(args);
    const work = {
      show: () => show(name, args),
      reset: () => reset(name, args, stack),
      undo: () => undo(path.resolve(name), args, stack),
    }[verb]();
    const engine = await engineOf(args, stack);
    return inCluster(engine, stack, work);
  },
};

type Work = (cluster: ClusterConnection) => Promise<number>;

function reset(group: string, args: Arguments, stack: Stack): Work {
  const target = askedTarget(args);
  const topics = texts(args, "topic");
  const partitions = texts(args, "partition").map((one) => whole("partition", one, /^\d{1,6}$/));
  return async (cluster) => {
    const scope = { group, target, topics, partitions };
    const { standing, facts } = await lookForReset(cluster.links, scope, cluster.links.deadline());
    const plan = planReset(group, target, facts);
    return changePositions(args, stack, cluster, { plan, standing, again: repeated(args) });
  };
}

function undo(file: string, args: Arguments, stack: Stack): Work {
  const record = readUndoFile(file);
  return async (cluster) => {
    const { clusterId } = await cluster.admin.checkCluster();
    if (clusterId !== record.clusterId) {
      throw new UserError(
        `${file} is about cluster ${record.clusterId}, and stack ${stack.name} is cluster ${clusterId}.`,
      );
    }
    const { group } = record;
    const standing = await groupStanding(cluster.links, group, cluster.links.deadline());
    const plan = planRestore(group, stepsOf(record), standing.positions);
    return changePositions(args, stack, cluster, { plan, standing, again: repeated(args) });
  };
}

const show =
  (group: string, args: Arguments): Work =>
  async ({ links }) => {
    const standing = await groupStanding(links, group, links.deadline());
    const { type, state } = existing(group, standing);
    const { members, positions } = standing;
    const rows = positions.map(({ topic, partition, offset }) => [
      topic,
      String(partition),
      String(offset),
    ]);
    print(args, {
      lines: [
        `${group}: ${type}, ${state}, ${String(members)} members, ${String(rows.length)} positions`,
        ...(rows.length === 0 ? [] : textTable([["TOPIC", "PARTITION", "OFFSET"], ...rows])),
      ],
      json: { group, type, state, members, positions },
    });
    return EXIT.fine;
  };

/** The same call again, as it can be pasted into a shell. */
function repeated(args: Arguments): string {
  const flags = Object.keys(command.flags).flatMap((flag) => {
    if (flag === "execute" || flag === "plan" || flag === "format") return [];
    const value = args.flags[flag];
    if (value === true) return [`--${flag}`];
    const values = command.flags[flag]?.multiple ? texts(args, flag) : [text(args, flag)];
    return values.flatMap((one) => (one === undefined ? [] : [`--${flag}=${quoted(one)}`]));
  });
  return ["npx kafka-platform offsets", ...args.rest.map(quoted), ...flags].join(" ");
}

const quoted = (word: string): string =>
  /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
