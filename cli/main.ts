import { enableCompileCache } from "node:module";
import path from "node:path";
import { UserError } from "../model/values/user-error.ts";
import { type Command, parseArguments, usage } from "./terminal/arguments.ts";
import { missingDockerHost } from "./machine/docker-socket.ts";

/** `node cli/main.ts COMMAND [flags]`: what `npm start` and `npm run …` call. */

// The commands are imported when they are called, so that their compiled code can come from here.
enableCompileCache(path.join(import.meta.dirname, "../node_modules/.cache/compiled"));

const dockerHost = missingDockerHost();
if (dockerHost !== undefined) process.env["DOCKER_HOST"] = dockerHost;

const COMMANDS: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  start: () => import("./commands/start.ts"),
  preview: () => import("./commands/preview.ts"),
  outputs: () => import("./commands/outputs.ts"),
  client: () => import("./commands/client.ts"),
  rotate: () => import("./commands/rotate.ts"),
  refresh: () => import("./commands/refresh.ts"),
  destroy: () => import("./commands/destroy.ts"),
  init: () => import("./commands/init.ts"),
  image: () => import("./commands/image.ts"),
  pulumi: () => import("./commands/pulumi.ts"),
  access: () => import("./commands/access.ts"),
  plan: () => import("./commands/plan.ts"),
  catalogue: () => import("./commands/catalogue.ts"),
  sweep: () => import("./commands/sweep.ts"),
  reassign: () => import("./commands/reassign.ts"),
  lock: () => import("./commands/lock.ts"),
  schema: () => import("./commands/schema.ts"),
};

async function main([name = "", ...rest]: readonly string[]): Promise<number> {
  const load = COMMANDS[name];
  if (!load) {
    const known = Object.keys(COMMANDS).join(", ");
    throw new UserError(`There is no command "${name}". The commands are: ${known}.`);
  }
  const { command } = await load();
  if (rest[0] === "--help" || rest[0] === "-h") {
    console.log(usage(name, command));
    return 0;
  }
  return command.run(parseArguments(name, command, rest));
}

/**
 * What was meant for the user, and what the operating system said (a full disk, a file that may not be
 * read), is told in one message. Anything else is our own fault and keeps its stack.
 */
function told(error: unknown): unknown {
  const meant = error instanceof UserError || (error instanceof Error && "syscall" in error);
  return meant ? `error: ${error.message}` : error;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(told(error));
  process.exitCode = 1;
}
