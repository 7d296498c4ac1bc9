/** Keeps what was uploaded into a container out of messages about it. */
import type { Upload } from "./container-properties.ts";

const REDACTED = "[redacted]";
/** Shorter pieces would blot out ordinary words. */
const SHORTEST = 4;
const SECRET_KEY = /pass|secret|token|credential|key/i;

/**
 * Replaces in `text` every upload's content, each of its lines, the values of its entries named like
 * a secret, and its words that mix letters and digits as generated passwords do.
 */
export function redact(text: string, uploads: readonly Upload[]): string {
  const pieces = new Set(uploads.flatMap((upload) => piecesOf(contentOf(upload).toString("utf8"))));
  return [...pieces]
    .filter((piece) => piece.length >= SHORTEST)
    .sort((a, b) => b.length - a.length)
    .reduce((result, piece) => result.replaceAll(piece, REDACTED), text);
}

export function contentOf(upload: Upload): Buffer {
  return upload.contentBase64 === undefined
    ? Buffer.from(upload.content ?? "", "utf8")
    : Buffer.from(upload.contentBase64, "base64");
}

function piecesOf(content: string): string[] {
  const lines = content.split(/\r?\n/).map((line) => line.trim());
  const values = [...content.matchAll(/([\w.-]+)["']?\s*[=:]\s*["']?([^\s"';,]+)/g)]
    .filter(([, key]) => SECRET_KEY.test(key ?? ""))
    .map(([, , value]) => value ?? "");
  const generated = content
    .split(/[\s"'=:;,]+/)
    .filter((word) => word.length >= 8 && /[A-Za-z]/.test(word) && /\d/.test(word));
  return [content.trim(), ...lines, ...values, ...generated];
}
