import {
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  asText,
  editStackFile,
  mergeConfig,
  readStackFile,
  setConfigEntry,
  writePrivately,
} from "../../../cli/stack/stack-file.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "stack-file-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("an edit keeps comments and everything else, removes what is undefined, and is private", () => {
  const file = path.join(folder, "Pulumi.a.yaml");
  writeFileSync(file, "# head\nconfig:\n  p:one: 1 # why\n  p:two: x\n");
  editStackFile(file, {
    encryptionsalt: "v1:s",
    config: { "p:two": undefined, "p:three": { a: [1] } },
  });
  expect(readFileSync(file, "utf8")).toBe(
    "# head\nconfig:\n  p:one: 1 # why\n  p:three:\n    a:\n      - 1\nencryptionsalt: v1:s\n",
  );
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("an edit of a file that does not exist makes it", () => {
  const file = path.join(folder, "new", "Pulumi.b.yaml");
  editStackFile(file, { config: { "p:one": { secure: "v1:x" } } });
  expect(readStackFile(file)).toEqual({ config: { "p:one": { secure: "v1:x" } } });
});

test("a value inside a key is set beside its neighbours, comments and long lines as they were", () => {
  const file = path.join(folder, "Pulumi.c.yaml");
  const long = `# ${"why ".repeat(40)}`.trim();
  const certificate = "    ca: |\n      -----BEGIN CERTIFICATE-----\n      MII=\n";
  const text = (image: string) =>
    `config:\n  p:cluster:\n    kind: kubernetes ${long}\n${certificate}${image}`;
  writeFileSync(file, text(""));
  setConfigEntry(file, "p:cluster", "image", "registry.example/broker@sha256:00");
  expect(readFileSync(file, "utf8")).toBe(text("    image: registry.example/broker@sha256:00\n"));
  setConfigEntry(file, "p:cluster", "image", "registry.example/broker@sha256:11");
  expect(readFileSync(file, "utf8")).toBe(text("    image: registry.example/broker@sha256:11\n"));
});

test("text that somebody has folded keeps its lines, whoever edits the file", () => {
  const file = path.join(folder, "Pulumi.d.yaml");
  const shipped = readFileSync("Pulumi.prod.yaml", "utf8");
  const folded =
    "  p:reason: >- # why\n      Two lines that belong together,\n      of one sentence.\n\n";
  expect(shipped).toContain(">-\n");
  writeFileSync(file, `${shipped}${folded}  p:last: 1\n`);
  setConfigEntry(file, "p:new", "since", "2026-11-25");
  const edited = readFileSync(file, "utf8");
  // Pulumi would take a bare date for a time.
  expect(edited).toBe(`${shipped}${folded}  p:last: 1\n  p:new:\n    since: "2026-11-25"\n`);
  expect(readStackFile(file).config["p:reason"]).toBe(
    "Two lines that belong together, of one sentence.",
  );
});

test("merging goes into objects and takes everything else whole", () => {
  expect(
    mergeConfig(
      { a: { x: 1, y: [1, 2] }, b: "one", c: true },
      { a: { y: [3] }, b: { z: 1 }, d: null },
    ),
  ).toEqual({ a: { x: 1, y: [3] }, b: { z: 1 }, c: true, d: null });
});

test("values become the text that Pulumi hands to a program", () => {
  expect([asText("x"), asText(true), asText(3), asText({ a: 1 }), asText(["*"])]).toEqual([
    "x",
    "true",
    "3",
    '{"a":1}',
    '["*"]',
  ]);
});

test("what waits under the name of a process's draft decides neither place nor mode of a secret", () => {
  const file = path.join(folder, "Pulumi.z.yaml");
  const trap = path.join(folder, "trap");
  writeFileSync(trap, "", { mode: 0o644 });
  symlinkSync(trap, `${file}.${String(process.pid)}.partial`);
  writePrivately(file, "secret");
  expect(readFileSync(trap, "utf8")).toBe("");
  expect(lstatSync(file).isFile()).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
