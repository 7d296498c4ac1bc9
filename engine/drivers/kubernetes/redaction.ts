/** Keeps what a Secret holds out of the API server's words about it. */
import type { Properties, Value } from "../driver.ts";
import { isRecord } from "../property-rules.ts";

const REDACTED = "[redacted]";
/** Shorter pieces would blot out ordinary words. */
const SHORTEST = 4;

/** Replaces in `text` every value of the Secret, as text and encoded. */
export function redact(text: string, secret: Properties): string {
  const pieces = [
    ...texts(secret["stringData"]).flatMap((value) => [value, encode(value)]),
    ...texts(secret["data"]).flatMap((value) => [value, decode(value)]),
  ];
  return pieces
    .filter((piece) => piece.length >= SHORTEST)
    .toSorted((a, b) => b.length - a.length)
    .reduce((result, piece) => result.replaceAll(piece, REDACTED), text);
}

function texts(map: Value | undefined): string[] {
  return Object.values(isRecord(map) ? map : {}).filter((value) => typeof value === "string");
}

export function encode(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}

function decode(text: string): string {
  return Buffer.from(text, "base64").toString("utf8");
}
