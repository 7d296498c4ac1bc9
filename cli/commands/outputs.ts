import { isSet } from "../terminal/arguments.ts";
import { EXIT, type Command, stackFlags } from "../terminal/command.ts";
import { engineOf } from "../engines/engine-facts.ts";
import { stackOf } from "../stack/project.ts";
import { stackOutputs } from "../stack/stack-outputs.ts";

export const command: Command = {
  flags: {
    ...stackFlags,
    "show-secrets": { type: "boolean", description: "print secrets instead of [secret]" },
  },
  async run(args) {
    const stack = stackOf(args);
    const engine = await engineOf(args, stack);
    const showSecrets = isSet(args, "show-secrets");
    const outputs = await stackOutputs(engine, stack, { showSecrets });
    console.log(JSON.stringify(outputs, undefined, 2));
    return EXIT.fine;
  },
};
