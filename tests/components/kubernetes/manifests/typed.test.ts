import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FOLDER = "components/kubernetes/manifests";

// The compiler refuses a key that Kubernetes does not know only where a literal meets the type of it.
test.for(readdirSync(FOLDER))("what %s makes is checked against Kubernetes' own types", (file) => {
  expect(readFileSync(`${FOLDER}/${file}`, "utf8")).toMatch(/satisfies (Partial<)?types\.input\./);
});
