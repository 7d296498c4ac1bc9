import { enableCompileCache } from "node:module";
import path from "node:path";
import { UserError } from "../model/values/user-error.ts";
import { missingDockerHost } from "./machine/docker-socket.ts";
import { run } from "./run.ts";
import { EXIT } from "./terminal/command.ts";

/** `kafka-platform COMMAND [arguments] [flags]`, which `npm start` and `npm run …` call, too. */

// The commands are imported when they are called, so that their compiled code can come from here.
enableCompileCache(path.join(import.meta.dirname, "../node_modules/.cache/compiled"));

const dockerHost = missingDockerHost();
if (dockerHost !== undefined) process.env["DOCKER_HOST"] = dockerHost;

/**
 * What was meant for the user, and what the operating system said (a full disk, a file that may not be
 * read), is one message. Anything else is our own fault and keeps its stack.
 */
function shown(error: unknown): unknown {
  const isForUser = error instanceof UserError || (error instanceof Error && "syscall" in error);
  return isForUser ? `error: ${error.message}` : error;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  console.error(shown(error));
  process.exitCode = EXIT.error;
}
