import type { Command } from "../terminal/command.ts";
import { withRefresh } from "../engines/pulumi-arguments.ts";
import { runPulumi } from "../engines/pulumi-cli.ts";

export const command: Command = {
  description:
    "All arguments are the CLI's own. `up` and `preview` look first at what is really there; --refresh=false " +
    "leaves that out.",
  flags: {},
  passThrough: true,
  async run({ rest }) {
    const args = withRefresh(rest);
    const code = await runPulumi(args);
    if (code !== 0 && args.length > rest.length) {
      console.error(
        "It looked first at what is really there (--refresh). Where that is what failed, because Kafka does not " +
          "answer, --refresh=false leaves it out.",
      );
    }
    return code;
  },
};
