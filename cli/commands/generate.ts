import { generate, staleFiles } from "../generated/generate.ts";
import { isSet } from "../terminal/arguments.ts";
import { EXIT, type Command } from "../terminal/command.ts";
import { abortOnInterrupt } from "../terminal/interrupt.ts";

export const command: Command = {
  description:
    "That is the list of domains, docs/catalogue.md, CODEOWNERS, the JSON Schema of stack files, the rules in " +
    "docs/policies.md, the commands in README.md, and kafka.lock.json, which refuses what has moved without an alias.",
  needsAttention: "with --check a file is not as it should be",
  flags: {
    check: { type: "boolean", description: "write nothing, and name the files that are stale" },
  },
  async run(args, all) {
    const { signal, release } = abortOnInterrupt();
    const isCheck = isSet(args, "check");
    try {
      const stale = isCheck ? await staleFiles(all, signal) : await generate(all, signal);
      for (const file of stale) console.log(isCheck ? `${file} is stale` : `wrote ${file}`);
      if (isCheck && stale.length > 0) console.error("Run `npx kafka-platform generate`.");
      else if (stale.length === 0) console.log("Every generated file is as it should be.");
      return isCheck && stale.length > 0 ? EXIT.needsAttention : EXIT.fine;
    } finally {
      release();
    }
  },
};
