import { readFileSync, writeFileSync } from "node:fs";
import { declaredData, readDeclaredData } from "../../model/catalogue/declared-data.ts";
import { messageOf, UserError } from "../../model/values/user-error.ts";
import { DECLARATIONS } from "../../topics/index.ts";
import { absolute, formatted } from "../generated/generated-file.ts";
import { reported } from "../stack/declared-catalogue.ts";
import { text } from "../terminal/arguments.ts";
import { EXIT, type Command } from "../terminal/command.ts";

const INDEX = "topics/index.ts";

export const command: Command = {
  description:
    "A program of yours can read the catalogue this way. With --from it is the other way round: " +
    "the report on a pull request is made by the main branch's code, which takes what is declared as data and runs " +
    "nothing of the pull request.",
  flags: {
    from: {
      type: "string",
      value: "FILE",
      description:
        "make this checkout declare what FILE says, which this command has printed in another",
    },
  },
  async run(args) {
    const from = text(args, "from");
    if (from === undefined) {
      console.log(
        JSON.stringify(
          reported(() => declaredData(DECLARATIONS)),
          undefined,
          2,
        ),
      );
      return EXIT.fine;
    }
    const data = reported(() => readDeclaredData(readText(from)));
    writeFileSync(absolute(INDEX), await formatted(INDEX, declaring(data), "typescript"));
    return EXIT.fine;
  },
};

/** Parsed when it is loaded: a key of an object literal can mean something to JavaScript. */
const declaring = (data: unknown): string =>
  [
    `// Written by \`npx kafka-platform declarations --from\`: what another checkout declares.`,
    `import type { Declarations } from "../model/catalogue/catalogue.ts";`,
    `const DATA = ${JSON.stringify(JSON.stringify(data))};`,
    `export const DECLARATIONS = JSON.parse(DATA) as Declarations;`,
  ].join("\n");

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`The declarations ${file} cannot be read: ${messageOf(error)}`);
  }
}
