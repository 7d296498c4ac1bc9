import { join } from "node:path";
import { up } from "../../../engine/stack/update.ts";
import { directoryWorld, fakeProvider } from "../../support/pulumi/fake-provider.ts";
import { thing } from "../declaration.ts";
import { makeTarget, optionsFor } from "../options.ts";

/** Brings up `a` and then `b` in a directory of its own, and never gets done with `b`. */
const directory = process.argv[2] ?? "";
const provider = fakeProvider(directoryWorld(join(directory, "world")));
provider.gate = (call) => {
  if (call !== "create b") return;
  console.log("hanging");
  return new Promise(() => setInterval(() => undefined, 1000));
};
await up({
  ...optionsFor(makeTarget(directory), [thing("a"), thing("b", {}, { dependsOn: ["a"] })], {
    misbehave: "log",
  }),
  providers: [provider],
  onEvent: (event) => {
    if (event.kind === "diagnostic") console.log(event.message);
  },
});
