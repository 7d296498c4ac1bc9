import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";

/** Whether a program of Debian's packages prometheus and prometheus-alertmanager is here. */
export const hasTool = (tool: "promtool" | "amtool"): boolean =>
  spawnSync(tool, ["--version"]).status === 0;

/** Why tests are skipped where one is not. */
export const MISSING =
  "promtool and amtool are not here: apt-get install prometheus prometheus-alertmanager";

/** The title of tests that need a tool: where it is missing it says why they are skipped. */
export const titled = (title: string, tool: "promtool" | "amtool"): string =>
  hasTool(tool) ? title : `${title} (skipped: ${MISSING})`;

export interface ToolResult {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs a tool on files, given by their names, in a folder of their own. */
export async function withFiles(
  tool: "promtool" | "amtool",
  files: Readonly<Record<string, unknown>>,
  ...given: readonly string[]
): Promise<ToolResult> {
  const folder = mkdtempSync(path.join(tmpdir(), "alerting-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      const text =
        typeof content === "string"
          ? content
          : stringify(content, { aliasDuplicateObjects: false });
      writeFileSync(path.join(folder, name), text);
    }
    return await new Promise((resolve) => {
      execFile(tool, given, { cwd: folder, maxBuffer: 2 ** 27 }, (error, stdout, stderr) => {
        resolve({ ok: error === null, output: stdout + stderr });
      });
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
