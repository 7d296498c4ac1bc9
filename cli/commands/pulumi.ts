import type { Command } from "../terminal/arguments.ts";
import { runPulumi } from "../engines/pulumi-cli.ts";

export const command: Command = {
  summary: "the Pulumi CLI, with the Node that the program needs and enough parallelism",
  flags: {},
  passThrough: true,
  run: ({ rest }) => runPulumi(rest),
};
