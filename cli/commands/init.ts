import { CONFIG_FILE, type Command, STACK, text } from "../terminal/arguments.ts";
import { clusterKind, ensureClusterIdentity, ensureStackSecret } from "../stack/initialisation.ts";
import { findPassphrase } from "../stack/passphrase-source.ts";
import { findStack } from "../stack/project.ts";

export const command: Command = {
  summary: "makes what a stack needs once: its secret, and for Kubernetes its ids and authority",
  flags: { stack: STACK, "config-file": CONFIG_FILE },
  async run(args) {
    const stack = findStack(text(args, "stack"), text(args, "config-file"));
    // A stack on this machine only keeps its secret here; one that a team shares keeps it in git, encrypted.
    const { isLocal, hasAuthority } = clusterKind(stack);
    const passphrase = findPassphrase({ create: isLocal });
    const file = isLocal ? stack.localFile : stack.file;
    const made = [
      ...((await ensureStackSecret(stack, passphrase, file)) ? ["stackSecret"] : []),
      ...(hasAuthority ? await ensureClusterIdentity(stack, passphrase) : []),
    ];
    console.log(
      made.length > 0
        ? `Made ${made.join(", ")} of stack ${stack.name} in ${file}; secrets are encrypted with ${passphrase.source}.`
        : `Stack ${stack.name} has everything already; nothing was changed.`,
    );
    if (made.length > 0 && !isLocal) {
      console.log("Commit the file: nobody can make the same ids and authority again.");
    }
    return 0;
  },
};
