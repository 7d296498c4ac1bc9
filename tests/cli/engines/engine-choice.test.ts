import { expect, test } from "vitest";
import { chooseEngine, type EngineFacts } from "../../../cli/engines/engine-choice.ts";

const facts = (given: Partial<EngineFacts>): EngineFacts => ({
  stack: "dev",
  requested: "auto",
  embeddedHolds: false,
  pulumi: "missing",
  ...given,
});

test.each<[Partial<EngineFacts>, string, string]>([
  [{}, "embedded", "there is no Pulumi CLI on the PATH"],
  [{ pulumi: "loggedOut" }, "embedded", "the Pulumi CLI is not logged in"],
  [{ pulumi: "empty" }, "pulumi", "the Pulumi CLI is on the PATH"],
  [{ pulumi: "holds" }, "pulumi", "it holds this stack"],
  [{ embeddedHolds: true }, "embedded", "it holds this stack"],
  [{ embeddedHolds: true, pulumi: "empty" }, "embedded", "it holds this stack"],
  [{ requested: "embedded", pulumi: "empty" }, "embedded", "as asked for"],
  [{ requested: "pulumi", pulumi: "empty" }, "pulumi", "as asked for"],
])("with %j the engine is %s: %s", (given, engine, because) => {
  expect(chooseEngine(facts(given))).toEqual({ engine, because });
});

test.each<[Partial<EngineFacts>, string]>([
  [
    { requested: "pulumi", embeddedHolds: true, pulumi: "empty" },
    "npm run destroy -- --stack dev --engine embedded",
  ],
  [{ embeddedHolds: true, pulumi: "holds" }, "and so does the Pulumi CLI"],
  [{ requested: "embedded", pulumi: "holds" }, "npm run destroy -- --stack dev --engine pulumi"],
  [{ requested: "pulumi" }, "not on the PATH"],
  [{ requested: "pulumi", pulumi: "loggedOut" }, "npm run pulumi -- login"],
])("%j is refused with the way on", (given, way) => {
  expect(() => chooseEngine(facts(given))).toThrow(way);
});
