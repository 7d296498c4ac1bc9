/** Results of scenarios, kept outside git until the report is written. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Result } from "./run-scenario.ts";

const FOLDER = path.resolve(import.meta.dirname, "../../.kafka-platform/faults");

const fileOf = (name: string): string => path.join(FOLDER, `${name}.json`);

/** Keeps a result in the place of the scenario's last one. */
export function keep(result: Result): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(fileOf(result.name), `${JSON.stringify(result)}\n`);
}

/** The last result of a scenario; undefined when it has never been run here. */
export function lastResult(name: string): Result | undefined {
  return existsSync(fileOf(name))
    ? (JSON.parse(readFileSync(fileOf(name), "utf8")) as Result)
    : undefined;
}
