/** What was measured, kept outside git until the report is written. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Fault } from "./fault.ts";
import type { Measured } from "./measured.ts";

const FOLDER = path.resolve(import.meta.dirname, "../../.kafka-platform/alerts");

const fileOf = (fault: string): string => path.join(FOLDER, `${fault}.json`);

/** Keeps what was measured of each fault in the place of the last of it. */
export function keep(faults: readonly Pick<Fault, "name">[], measured: readonly Measured[]): void {
  mkdirSync(FOLDER, { recursive: true });
  for (const { name } of faults) {
    const own = measured.filter(({ fault }) => fault === name);
    // Not caused yet: what was measured before holds.
    if (own.length === 0) continue;
    writeFileSync(fileOf(name), `${JSON.stringify(own)}\n`);
  }
}

/** The last of each fault; nothing of one that has never been caused here. */
export const lastResults = (faults: readonly Pick<Fault, "name">[]): Measured[] =>
  faults
    .map(({ name }) => fileOf(name))
    .filter(existsSync)
    .flatMap((file) => JSON.parse(readFileSync(file, "utf8")) as Measured[]);
