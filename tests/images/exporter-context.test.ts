import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { assembleExporterContext, exporterFiles } from "../../images/exporter-context.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const FOLDER = `.kafka-platform/exporter-context-test-${String(process.pid)}`;
afterAll(() => rmSync(path.join(ROOT, FOLDER), { recursive: true, force: true }));

/** What the program says, and how it ends, in the assembled folder and nowhere else. */
const run = (args: readonly string[]) =>
  new Promise<{ code: number; said: string }>((resolve) => {
    const program = ["services/exporter/main.ts", ...args];
    const options = { cwd: path.join(ROOT, FOLDER), env: { PATH: process.env["PATH"] } };
    execFile(process.execPath, program, options, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), said: `${stdout}${stderr}`.trim() });
    });
  });

it("has all that the program needs, and little else", async () => {
  assembleExporterContext(FOLDER);
  // Every import was found, or it would not come to its arguments.
  expect(await run([])).toEqual({ code: 1, said: "usage: main.ts CONFIG.json" });
  const files = exporterFiles();
  const bytes = files.reduce((sum, file) => sum + statSync(path.join(ROOT, file)).size, 0);
  expect(bytes).toBeLessThan(15 * 2 ** 20);
  expect(files.filter((file) => /pulumi|typescript|dockerode|kubernetes/.test(file))).toEqual([]);
  expect(files.filter((file) => /^(topics|engine|cli|tests)\//.test(file))).toEqual([]);
});

it("fails without a file that is imported: the check above would see it", async () => {
  rmSync(path.join(ROOT, FOLDER, "model/lag/record-age.ts"));
  const { code, said } = await run([]);
  expect(code).toBe(1);
  expect(said).toContain("ERR_MODULE_NOT_FOUND");
});

it("is the same for the same files, and is emptied before it is assembled", () => {
  const { contextHash } = assembleExporterContext(FOLDER);
  expect(assembleExporterContext(FOLDER).contextHash).toBe(contextHash);
  expect(existsSync(path.join(ROOT, FOLDER, "model/lag/record-age.ts"))).toBe(true);
  expect(readFileSync(path.join(ROOT, FOLDER, "package.json"), "utf8")).not.toContain("pulumi");
});
