import { UserError } from "../../model/values/user-error.ts";
import type { CommandEntry } from "../terminal/command.ts";
import { currentText, formatted, type GeneratedFile } from "./generated-file.ts";

const [BEGIN, END] = ["<!-- commands -->", "<!-- /commands -->"];

/** `page` with the names of all commands, by groups, between its two marks. What each does is in the help. */
export function withCommands(page: string, commands: readonly CommandEntry[]): string {
  const [before, rest] = page.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined) {
    throw new UserError(`README.md has no place for the commands: wanted ${BEGIN} and ${END}.`);
  }
  const table = [
    "| for | commands |",
    "| --- | --- |",
    ...[...Map.groupBy(commands, ({ group }) => group)].map(
      ([group, own]) => `| ${group} | ${own.map(({ name }) => `\`${name}\``).join(", ")} |`,
    ),
  ];
  return [`${before}${BEGIN}`, "", ...table, "", `${END}${after}`].join("\n");
}

export const commandList = (commands: readonly CommandEntry[]): GeneratedFile => ({
  file: "README.md",
  text() {
    return formatted(this.file, withCommands(currentText(this.file), commands), "markdown");
  },
});
