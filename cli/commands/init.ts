import { configFlags, EXIT, type Command } from "../terminal/command.ts";
import { clusterKind, ensureClusterIdentity, ensureStackSecret } from "../stack/initialisation.ts";
import { findPassphrase } from "../stack/passphrase-source.ts";
import { stackOf } from "../stack/project.ts";

export const command: Command = {
  description: "What is there already stays as it is.",
  flags: configFlags,
  async run(args) {
    const stack = stackOf(args);
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
    return EXIT.fine;
  },
};
