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

/** What only a library, or a stack trace, says. */
const RAW = /^\s+at |Invalid input|undefined$|\[object /m;

const read = (stack: string) => readFileSync(`Pulumi.${stack}.yaml`, "utf8");

describe.each(["dev", "prod"])("the stack file of %s", (stack) => {
  const document: unknown = parse(read(stack));
  test("with a wrong value in any place is refused in words, or taken", () => {
    const refusals = withWrongValues(document).map((one) => refusalOf(stringify(one)));
    expect(refusals.length).toBeGreaterThan(100);
    const refused = refusals.filter((refusal) => refusal !== undefined);
    expect(refused.length).toBeGreaterThan(refusals.length / 2);
    for (const refusal of refused) expect(refusal).not.toMatch(RAW);
  });

  test("cut anywhere, or with a strange character anywhere, is refused in words, or taken", () => {
    const text = read(stack);
    const strange = ["\u0000", "\t", ": ", "{", "&a *a"];
    const damaged = Array.from({ length: Math.ceil(text.length / 47) }, (_, part) => {
      const [before, after] = [text.slice(0, part * 47), text.slice(part * 47)];
      return [before, ...strange.map((one) => before + one + after)];
    }).flat();
    const refused = damaged.map(refusalOf).filter((refusal) => refusal !== undefined);
    expect(refused.length).toBeGreaterThan(damaged.length / 4);
    for (const refusal of refused) expect(refusal).not.toMatch(RAW);
  });
});
