import { UserError } from "../../model/values/user-error.ts";

export type EngineName = "pulumi" | "embedded";

/** What the choice is made from. */
export interface EngineFacts {
  readonly stack: string;
  readonly requested: "auto" | EngineName;
  /** The embedded engine's state holds resources of this stack. */
  readonly embeddedHolds: boolean;
  /** `missing`: no CLI on the PATH; `loggedOut`: it has no backend; else whether it holds the stack. */
  readonly pulumi: "missing" | "loggedOut" | "holds" | "empty";
}

export interface EngineChoice {
  readonly engine: EngineName;
  /** Why, for the user. */
  readonly because: string;
}

/**
 * The engine for a stack. One stack is never run by both: each knows only what it made itself.
 *
 * @throws UserError with the way across when the other engine holds the stack, or there is no CLI
 */
export function chooseEngine(facts: EngineFacts): EngineChoice {
  const { stack, requested, embeddedHolds, pulumi } = facts;
  if (embeddedHolds && (requested === "pulumi" || pulumi === "holds")) {
    throw new UserError(
      `The embedded engine holds stack ${stack}${pulumi === "holds" ? ", and so does the Pulumi CLI" : ""}. ` +
        `To move to the CLI, run \`npm run destroy -- --stack ${stack} --engine embedded\` first, ` +
        "or adopt each resource with `npm run pulumi -- import`.",
    );
  }
  if (pulumi === "holds" && requested === "embedded") {
    throw new UserError(
      `The Pulumi CLI holds stack ${stack}. To move to the embedded engine, run ` +
        `\`npm run destroy -- --stack ${stack} --engine pulumi\` first.`,
    );
  }
  if (requested === "pulumi" && pulumi === "missing") {
    throw new UserError(
      "The Pulumi CLI is not on the PATH. Install it (https://www.pulumi.com/docs/install/), or leave out --engine.",
    );
  }
  if (requested === "pulumi" && pulumi === "loggedOut") {
    throw new UserError(
      "The Pulumi CLI is not logged in. Run `npm run pulumi -- login` (or `login --local` to keep state on this machine).",
    );
  }
  if (requested !== "auto") return { engine: requested, because: "as asked for" };
  if (embeddedHolds) return { engine: "embedded", because: "it holds this stack" };
  switch (pulumi) {
    case "holds":
      return { engine: "pulumi", because: "it holds this stack" };
    case "empty":
      return { engine: "pulumi", because: "the Pulumi CLI is on the PATH" };
    case "loggedOut":
      return { engine: "embedded", because: "the Pulumi CLI is not logged in" };
    case "missing":
      return { engine: "embedded", because: "there is no Pulumi CLI on the PATH" };
  }
}
