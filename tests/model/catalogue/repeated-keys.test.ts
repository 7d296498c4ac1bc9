import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import ts from "typescript";
import { repeatedKeys } from "../../../model/catalogue/checks/repeated-keys.ts";

const ROOT = path.join(import.meta.dirname, "../../..");

test.each<[string, string, string[]]>([
  [
    "a topic twice",
    "x = {\n  a: 1,\n  b: 2,\n  a: 3,\n}",
    ["line 4: a: given twice, first in line 2; wanted once"],
  ],
  [
    "in quotes and without",
    `x = { "a": 1, a: 2 }`,
    ["line 1: a: given twice, first in line 1; wanted once"],
  ],
  [
    "a constant in brackets",
    "x = { [A]: 1, ...b, [A]: 2 }",
    ["line 1: [A]: given twice, first in line 1; wanted once"],
  ],
  [
    "around a spread",
    "x = { a: 1, ...b, a: 2 }",
    ["line 1: a: given twice, first in line 1; wanted once"],
  ],
  [
    "inside a call",
    "x = f({ a: { b: 1, c: [1, 2], b: 2 } })",
    ["line 1: b: given twice, first in line 1; wanted once"],
  ],
  ["one in each of two objects", "x = [{ a: 1 }, { a: 2 }]; y = { a: { a: 1 } }", []],
  [
    "in a text, a comment and a template",
    "x = { a: 'b, a: 1', /* , a: 2 */ c: `, a: ${{ a: 1 }.a}, a:` }",
    [],
  ],
  [
    "after a regular expression",
    "x = { a: /[/{,a:]+/.test(b), b: 1 / 2 / 3, a: 1 }",
    ["line 1: a: given twice, first in line 1; wanted once"],
  ],
  ["a choice", "x = { a: b ? c : d, c: b ? a : e }", []],
  ["names of parameters", "const f = (a: string, b: number) => ({ c: a, d: b });", []],
])("%s", (_, source, faults) => {
  expect(repeatedKeys(source)).toEqual(faults);
});

/** What the compiler's own parser sees, of keys that are names or texts. */
function seenByCompiler(source: string): number {
  let found = 0;
  const visit = (node: ts.Node) => {
    if (ts.isObjectLiteralExpression(node)) {
      const names = node.properties.flatMap((one) =>
        ts.isPropertyAssignment(one) && !ts.isComputedPropertyName(one.name)
          ? [ts.isNumericLiteral(one.name) ? one.name.getText() : one.name.text]
          : [],
      );
      found += names.length - new Set(names).size;
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("x.ts", source, ts.ScriptTarget.Latest, true));
  return found;
}

const SOURCES = globSync("{topics,model,cli,engine,policy,review,components,guards}/**/*.ts", {
  cwd: ROOT,
})
  .filter((file) => !file.includes("node_modules"))
  .map((file) => readFileSync(path.join(ROOT, file), "utf8"));

test("of no source of this project it says what is not so", () => {
  expect(SOURCES.length).toBeGreaterThan(300);
  for (const source of SOURCES) expect(repeatedKeys(source)).toEqual([]);
});

test("in whatever source a key is repeated, it sees it where the compiler does", () => {
  let planted = 0;
  for (const source of SOURCES) {
    // The first key of an object, again behind it: `{ a: 1` becomes `{ a: 1, a: 1`.
    const twice = source.replaceAll(
      /\{\n( +)(\w+): (\d+|true|false|"[^"\n]*"),\n/g,
      "{\n$1$2: $3,\n$1$2: $3,\n",
    );
    const wanted = seenByCompiler(twice);
    planted += wanted;
    expect(repeatedKeys(twice)).toHaveLength(wanted);
  }
  expect(planted).toBeGreaterThan(100);
});
