import { type Command, OF_A_STACK, text } from "../terminal/arguments.ts";
import { engineFor } from "../engines/engine-facts.ts";
import { findStack } from "../stack/project.ts";
import { stackOutputs } from "../stack/stack-outputs.ts";

export const command: Command = {
  summary: "one JSON object: addresses, and the accounts with their passwords where asked for",
  flags: {
    ...OF_A_STACK,
    "show-secrets": { type: "boolean", description: "print secrets instead of [secret]" },
  },
  async run(args) {
    const stack = findStack(text(args, "stack"), text(args, "config-file"));
    const { engine } = await engineFor(stack, args);
    const showSecrets = args.flags["show-secrets"] === true;
    const outputs = await stackOutputs(engine, stack, { showSecrets });
    console.log(JSON.stringify(outputs, undefined, 2));
    return 0;
  },
};
