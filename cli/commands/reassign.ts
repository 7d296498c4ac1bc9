import { UserError } from "../../model/values/user-error.ts";
import type { KafkaAdmin } from "../../clients/kafka/admin.ts";
import { asAdmin } from "../stack/admin-connection.ts";
import { formatOf, isSet, print, text, typedSize } from "../terminal/arguments.ts";
import { EXIT, type Arguments, type Command, FORMAT, stackFlags } from "../terminal/command.ts";
import { engineOf } from "../engines/engine-facts.ts";
import { Progress } from "../terminal/progress.ts";
import { stackOf } from "../stack/project.ts";
import { cancel, execute } from "../reassignment/execute.ts";
import { balance, drain, type Move } from "../reassignment/plan.ts";
import { settled } from "../reassignment/settled.ts";

const DEFAULT_THROTTLE = "50MiB";
/** Moves shown by name; the rest are counted. */
const SHOWN = 20;

export const command: Command = {
  description: "Without --execute the moves are only shown.",
  flags: {
    ...stackFlags,
    drain: {
      type: "string",
      value: "NUMBER[,NUMBER…]",
      description: "the brokers that are to hold nothing",
    },
    balance: { type: "boolean", description: "give every broker as many replicas as the others" },
    throttle: {
      type: "string",
      value: "SIZE|none",
      description: `what moves may use of each broker, in a second (default: ${DEFAULT_THROTTLE})`,
    },
    execute: { type: "boolean", description: "move them; without it the moves are only shown" },
    cancel: { type: "boolean", description: "end the moves under way; partitions go back" },
    format: FORMAT,
  },
  async run(args) {
    const wanted = whatIsWanted(args);
    const isJson = formatOf(args) === "json";
    const throttle = throttleOf(text(args, "throttle") ?? DEFAULT_THROTTLE);
    const progress = new Progress();
    const say = (message: string) => {
      progress.say(message);
    };
    const stack = stackOf(args);
    const engine = await engineOf(args, stack);
    return asAdmin(engine, stack, async (admin) => {
      const { moves, ongoing } = await plan(admin, wanted);
      const execution = { admin, moves, ongoing, throttle, say };
      if (wanted === "cancel") {
        await cancel(execution);
        say(`Ended ${String(ongoing.length)} moves.`);
        return EXIT.fine;
      }
      const lines = described(moves, ongoing.length);
      const isIdle = moves.length === 0 && ongoing.length === 0;
      if (isIdle || !isSet(args, "execute")) {
        if (!isIdle) lines.push("Nothing was moved: add --execute.");
        print(args, { lines, json: { moves, ongoing: ongoing.length, executed: false } });
        return EXIT.fine;
      }
      // What is to move is shown before it moves; JSON is one document, at the end.
      if (!isJson) console.log(lines.join("\n"));
      await execute(execution);
      say("Done: everything is where it is to be.");
      if (isJson) print(args, { lines, json: { moves, ongoing: ongoing.length, executed: true } });
      return EXIT.fine;
    });
  },
};

type Wanted = readonly number[] | "balance" | "cancel";

function whatIsWanted(args: Arguments): Wanted {
  const given = text(args, "drain");
  const asked = [
    ...(given === undefined ? [] : [brokerNumbers(given)]),
    ...(isSet(args, "balance") ? (["balance"] as const) : []),
    ...(isSet(args, "cancel") ? (["cancel"] as const) : []),
  ];
  const [only, ...more] = asked;
  if (only !== undefined && more.length === 0) return only;
  throw new UserError("Wanted one of --drain NUMBER, --balance and --cancel.");
}

function brokerNumbers(given: string): number[] {
  const numbers = given.split(",").map((part) => part.trim());
  if (numbers.every((number) => /^\d{1,9}$/.test(number))) return numbers.map(Number);
  throw new UserError(`--drain ${given}: wanted numbers of brokers, such as 3 or 3,4.`);
}

function throttleOf(given: string): number | null {
  if (given === "none") return null;
  const parsed = typedSize.safeParse(given);
  if (parsed.success && parsed.data > 0) return parsed.data;
  throw new UserError(`--throttle ${given}: wanted a size in a second such as 50MiB, or none.`);
}

async function plan(admin: KafkaAdmin, wanted: Wanted) {
  const ongoing = await admin.listReassignments();
  const { brokers, partitions } = await admin.describeAssignments();
  const ids = brokers.map(({ id }) => id);
  const cluster = { brokers, partitions: settled(partitions, ongoing) };
  if (wanted === "cancel") return { moves: [], ongoing };
  if (wanted === "balance") return { moves: balance(cluster), ongoing };
  const known = new Set([...ids, ...partitions.flatMap(({ replicas }) => replicas)]);
  const unknown = wanted.find((id) => !known.has(id));
  if (unknown !== undefined) {
    const there = [...known].toSorted((a, b) => a - b).join(", ");
    throw new UserError(`There is no broker ${String(unknown)}; there are ${there}.`);
  }
  return { moves: drain(cluster, wanted), ongoing };
}

function described(moves: readonly Move[], ongoing: number): string[] {
  const lines = moves.slice(0, SHOWN).map(({ topic, partition, replicas, to }) => {
    return `  ${topic} ${String(partition)}: ${replicas.join(",")} -> ${to.join(",")}`;
  });
  const rest = moves.length - lines.length;
  return [
    `${String(moves.length)} partitions are to move` +
      (ongoing === 0 ? "." : `, ${String(ongoing)} are moving already.`),
    ...lines,
    ...(rest > 0 ? [`  … and ${String(rest)} more`] : []),
  ];
}
