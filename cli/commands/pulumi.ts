import type { Command } from "../terminal/command.ts";
import { runPulumi } from "../engines/pulumi-cli.ts";

export const command: Command = {
  description: "All arguments are the CLI's own.",
  flags: {},
  passThrough: true,
  run: ({ rest }) => runPulumi(rest),
};
