import type { Command } from "../terminal/command.ts";
import { isUp, stackNamed, withConfigFile, withRefresh } from "../engines/pulumi-arguments.ts";
import { runPulumi } from "../engines/pulumi-cli.ts";
import { ofThisMachine } from "../engines/pulumi-stack.ts";
import { stackConfig } from "../stack/effective-config.ts";
import { findStack } from "../stack/project.ts";

export const command: Command = {
  description:
    "All arguments are the CLI's own. `up` and `preview` look first at what is really there; --refresh=false " +
    "leaves that out.",
  flags: {},
  passThrough: true,
  async run({ rest }) {
    const looking = withRefresh(rest);
    const local = localPartOf(looking);
    const args = withConfigFile(looking, local?.configFile);
    const code = await runPulumi(args, { watch: watchOf(args), ...(local && { env: local.env }) });
    if (code !== 0 && looking.length > rest.length) {
      console.error(
        "It looked first at what is really there (--refresh). Where that is what failed, because Kafka does not " +
          "answer, --refresh=false leaves it out.",
      );
    }
    return code;
  },
};

/** What only this machine knows of the stack that the command names. */
function localPartOf(args: readonly string[]) {
  const name = stackNamed(args);
  if (name === undefined) return undefined;
  try {
    return ofThisMachine(findStack(name));
  } catch {
    // A stack without a file, or by the long name of a backend: the CLI knows what to say of it.
    return undefined;
  }
}

/** What looks at the brokers of a stack on Kubernetes while they are rolled out; none for any other. */
function watchOf(args: readonly string[]) {
  const name = isUp(args) ? stackNamed(args) : undefined;
  if (name === undefined) return undefined;
  try {
    const { cluster } = stackConfig(findStack(name));
    if (cluster.kind !== "kubernetes") return undefined;
    return async (signal: AbortSignal) => {
      // It loads the client of Kubernetes, and the CLI takes a while to begin.
      const { hopelessRoll } = await import("../engines/hopeless-roll.ts");
      return hopelessRoll({ cluster, signal });
    };
  } catch {
    // What is wrong with the stack file the program says itself.
    return undefined;
  }
}
