import { UserError } from "../../engine/user-error.ts";
import type { Command } from "../arguments.ts";

/** Stands behind the names of commands that are promised and not there yet. */
export const command: Command = {
  summary: "says that a command does not exist yet",
  flags: {},
  passThrough: true,
  run({ rest: [name = ""] }) {
    return Promise.reject(new UserError(`\`npm run ${name}\` does not exist yet in this version.`));
  },
};
