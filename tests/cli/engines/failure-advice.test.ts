import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { failureAdvice } from "../../../cli/engines/failure-advice.ts";
import { protectedMessage } from "../../../engine/index.ts";

let journal: string;
beforeEach(() => {
  journal = path.join(mkdtempSync(path.join(tmpdir(), "failure-advice-")), "state.journal");
});
afterEach(() => rmSync(path.dirname(journal), { recursive: true }));

const failing = (...messages: readonly string[]) => failingHow({ stack: "dev" }, ...messages);
const failingHow = (
  how: { readonly stack: string; readonly adopt?: boolean },
  ...messages: readonly string[]
) =>
  failureAdvice(
    messages.map((message) => ({ urn: "", message })),
    journal,
    how,
  );
const EXISTS =
  "create failed: topic a: Topic 'a' already exists (TOPIC_ALREADY_EXISTS): import it, or declare another name.";

const ADOPT = expect.stringContaining(
  "`npx kafka-platform start --stack dev --engine embedded --adopt` takes over",
) as string;

test.each([
  "the name is taken by container 0123 (image x, running), which is not in this stack's state; remove it",
  'ConfigMap kafka/a exists already in context "lab" and is not in this stack\'s state; delete it',
])("%s can be adopted", (message) => {
  expect(failing(message)).toEqual([ADOPT]);
});

test("what could not be adopted is not to be adopted once more", () => {
  expect(failingHow({ stack: "dev", adopt: true }, EXISTS)).toEqual([
    expect.stringContaining("What was not adopted is not as declared"),
  ]);
});

test("what exists and is not in the state points to the state of the last successful run", () => {
  writeFileSync(`${journal}.bak`, "");
  expect(failing(EXISTS, EXISTS, "timed out")).toEqual([
    expect.stringContaining(`${journal}.bak is what the last successful run left.`),
    ADOPT,
  ]);
});

test("there is no such advice without that file, nor for other failures", () => {
  expect(failing(EXISTS)).toEqual([ADOPT]);
  writeFileSync(`${journal}.bak`, "");
  expect(failing("timed out")).toEqual([]);
});

test("a protection is said to be lifted by agreement, once", () => {
  expect(failing(protectedMessage("deleted"), protectedMessage("replaced"))).toEqual([
    expect.stringContaining("lifted by agreement"),
  ]);
});
