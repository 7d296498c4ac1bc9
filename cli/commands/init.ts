import { CONFIG_FILE, type Command, STACK, text } from "../arguments.ts";
import { ensureStackSecret, stackConfig } from "../effective-config.ts";
import { findPassphrase } from "../passphrase-source.ts";
import { findStack } from "../project.ts";

export const command: Command = {
  summary: "makes what a stack needs once: the secret that its passwords are derived from",
  flags: { stack: STACK, "config-file": CONFIG_FILE },
  async run(args) {
    const stack = findStack(text(args, "stack"), text(args, "config-file"));
    // A stack on this machine only keeps its secret here; one that a team shares keeps it in git, encrypted.
    const local = stackConfig(stack).cluster.kind === "docker";
    const passphrase = findPassphrase({ create: local });
    const file = local ? stack.localFile : stack.file;
    const made = await ensureStackSecret(stack, passphrase, file);
    console.log(
      made
        ? `Made the secret of stack ${stack.name} in ${file}, encrypted with ${passphrase.source}.`
        : `Stack ${stack.name} has its secret already; nothing was changed.`,
    );
    return 0;
  },
};
