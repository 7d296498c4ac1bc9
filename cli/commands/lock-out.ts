import { kindOf } from "../../model/stack/cluster-kinds.ts";
import { lockOut } from "../access/lock-out.ts";
import { engineOf } from "../engines/engine-facts.ts";
import { asAdmin } from "../stack/admin-connection.ts";
import { stackConfig } from "../stack/effective-config.ts";
import { stackOf } from "../stack/project.ts";
import { isSet, print } from "../terminal/arguments.ts";
import { EXIT, type Command, FORMAT, stackFlags, YES } from "../terminal/command.ts";
import { confirmed } from "../terminal/confirm.ts";

export const command: Command = {
  description:
    "For a password that has leaked: connections that are open can do nothing from their next request on. " +
    "It lasts, whatever runs since, until --release.",
  flags: {
    ...stackFlags,
    release: { type: "boolean", description: "let the account in again" },
    yes: YES,
    format: FORMAT,
  },
  positionals: { usage: "ACCOUNT", counts: [1] },
  async run(args) {
    const stack = stackOf(args);
    const [account = ""] = args.rest;
    const release = isSet(args, "release");
    const { superUsers } = kindOf(stackConfig(stack).cluster);
    const engine = await engineOf(args, stack);
    if (!release) {
      await confirmed(args, `Everybody who uses ${account} is denied everything in ${stack.name}.`);
    }
    await asAdmin(engine, stack, (admin) => lockOut(admin, account, { release, superUsers }));
    const again = `npx kafka-platform lock-out ${account} --stack ${stack.name} --release`;
    print(args, {
      lines: release
        ? [`${account} may again do what it is declared to do.`]
        : [
            `${account} is locked out: every request of it is denied, on open connections too.`,
            "Next: give it another password, as docs/runbooks/leaked-password.md says.",
            `Then: \`${again}\`.`,
          ],
      json: { account, lockedOut: !release },
    });
    return EXIT.fine;
  },
};
