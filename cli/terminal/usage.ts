import type { Command, CommandEntry, Flag } from "./command.ts";

const WIDTH = 100;
/** What is longer has a line to itself. */
const LONGEST_LABEL = 40;
const HELP: Flag = { type: "boolean", description: "show this" };

const EXIT_CODES = "Exit codes: 0 fine, 1 error, 2 something needs a person.";

/** How a command is called. */
export function usageLine(name: string, command: Command): string {
  if (command.passThrough) return `kafka-platform ${name} …`;
  const { positionals, instead } = command;
  const argument =
    instead === undefined ? positionals?.usage : `${positionals?.usage ?? ""}|--${instead}`;
  return ["kafka-platform", name, ...(argument === undefined ? [] : [argument]), "[flags]"].join(
    " ",
  );
}

/** The help of one command. */
export function commandHelp({ name, summary }: CommandEntry, command: Command): string {
  const flags = Object.entries({ ...command.flags, help: HELP }).map(
    ([flag, { value, description }]): [string, string] => [
      `--${flag}${value === undefined ? "" : ` ${value}`}`,
      description,
    ],
  );
  const { description, needsAttention } = command;
  return [
    `Usage: ${usageLine(name, command)}`,
    "",
    ...wrapped(`${sentence(summary)}${description === undefined ? "" : ` ${description}`}`, WIDTH),
    ...(command.passThrough ? [] : ["", "Flags:", ...columns(flags)]),
    ...(needsAttention === undefined
      ? []
      : ["", ...wrapped(`Exit codes: 0 fine, 1 error, 2 ${needsAttention}.`, WIDTH)]),
  ].join("\n");
}

/** The list of commands by groups, in the order of their first ones. */
export function commandList(entries: readonly CommandEntry[]): string {
  const width = Math.max(...entries.map(({ name }) => name.length));
  return [
    "Apache Kafka as code: a cluster, and everything on it.",
    "",
    "Usage: kafka-platform COMMAND [arguments] [flags]",
    ...[...Map.groupBy(entries, ({ group }) => group)].flatMap(([group, some]) => [
      "",
      `${group}:`,
      ...columns(
        some.map(({ name, summary }) => [name, summary]),
        width,
      ),
    ]),
    "",
    "kafka-platform COMMAND --help explains a command; --version prints the version.",
    EXIT_CODES,
  ].join("\n");
}

function columns(rows: readonly (readonly [string, string])[], atLeast = 0): string[] {
  const lengths = rows.map(([first]) => first.length);
  const width = Math.max(atLeast, ...lengths.filter((length) => length <= LONGEST_LABEL));
  const margin = " ".repeat(width + 4);
  return rows.flatMap(([first, second]) => {
    const lines = wrapped(second, WIDTH - margin.length).map((line) => `${margin}${line}`);
    if (first.length > width) return [`  ${first}`, ...lines];
    return lines.map((line, at) =>
      at === 0 ? `  ${first.padEnd(width)}  ${line.trimStart()}` : line,
    );
  });
}

/** Lines of at most `width` letters, broken between words. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= width) lines.push(word);
    else lines.splice(-1, 1, `${last} ${word}`);
  }
  return lines;
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
