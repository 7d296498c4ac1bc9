/** The lines of a journal: `<CRC-32 in hex> <JSON>` of a change, or of the seal before all changes. */
import { crc32 } from "node:zlib";
import type { Json } from "../values/encoding.ts";

/** What one journal line does: sets and removes entries, all or none. */
export interface Change {
  readonly set?: Readonly<Record<string, Json>>;
  readonly remove?: readonly string[];
}

/** What a file was compacted to: so many changes, and the CRC-32 over them. */
export interface Seal {
  readonly lines: number;
  readonly crc: string;
}

/** A line without its line feed. */
export function formatLine(content: Change | { readonly sealed: Seal }): string {
  const json = JSON.stringify(content);
  return `${checksum(json)} ${json}`;
}

/** What a line says; undefined where its checksum does not match. */
export function parseLine(line: string): { readonly value: unknown } | undefined {
  const json = line.slice(9);
  return line === `${checksum(json)} ${json}` ? { value: JSON.parse(json) } : undefined;
}

/** The seal of these lines. */
export function sealed(lines: readonly string[]): Seal {
  const crc = lines.reduce((sum, line) => crc32(`${line}\n`, sum), 0);
  return { lines: lines.length, crc: hex(crc) };
}

export function isChange(value: unknown): value is Change {
  if (!isObject(value)) return false;
  const { set, remove, ...others } = value as Record<string, unknown>;
  return (
    Object.keys(others).length === 0 &&
    (set === undefined || isObject(set)) &&
    (remove === undefined ||
      (Array.isArray(remove) && remove.every((key) => typeof key === "string")))
  );
}

export function isSeal(value: unknown): value is { readonly sealed: Seal } {
  if (!isObject(value) || !("sealed" in value) || !isObject(value.sealed)) return false;
  const { lines, crc } = value.sealed as Partial<Seal>;
  return Number.isSafeInteger(lines) && typeof crc === "string";
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const checksum = (text: string): string => hex(crc32(text));

const hex = (crc: number): string => crc.toString(16).padStart(8, "0");
