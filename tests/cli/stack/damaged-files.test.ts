import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { declaredConfig } from "../../../cli/stack/effective-config.ts";
import { findStack } from "../../../cli/stack/project.ts";
import { withWrongValues } from "../../support/wrong-values.ts";
import { UserError } from "../../../model/values/user-error.ts";

/** Whatever a stack file says, it is taken, or refused in words for whoever wrote it. */

let file = "";
beforeAll(() => {
  file = path.join(mkdtempSync(path.join(tmpdir(), "damaged-files-")), "Pulumi.bad.yaml");
});
afterAll(() => rmSync(path.dirname(file), { recursive: true }));

/** @returns the refusal; undefined where the file is taken */
function refusalOf(text: string): string | undefined {
  writeFileSync(file, text);
  try {
    declaredConfig(findStack("bad", file));
    return undefined;
  } catch (error) {
    // Anything else would end in a stack trace.
    if (!(error instanceof UserError)) throw error;
    return error.message;
  }
}

const read = (stack: string) => readFileSync(`Pulumi.${stack}.yaml`, "utf8");

describe.each(["dev", "prod"])("the stack file of %s", (stack) => {
  const document: unknown = parse(read(stack));
  test("with a wrong value in any place is refused in words, or taken", () => {
    const refusals = withWrongValues(document).map((one) => refusalOf(stringify(one)));
    expect(refusals.length).toBeGreaterThan(100);
    const refused = refusals.filter((refusal) => refusal !== undefined);
    expect(refused.length).toBeGreaterThan(refusals.length / 2);
    for (const refusal of refused) {
      expect(refusal).not.toMatch(/^\s+at |Invalid input|undefined$|\[object /m);
    }
  });

  test("cut anywhere, or with a strange character anywhere, is refused in words, or taken", () => {
    const text = read(stack);
    for (let at = 0; at < text.length; at += 47) {
      refusalOf(text.slice(0, at));
      for (const strange of ["\u0000", "\t", ": ", "{", "&a *a"])
        refusalOf(text.slice(0, at) + strange + text.slice(at));
    }
    expect(refusalOf(text.slice(0, 40))).toBeDefined();
  });
});
