/** Which files of a build context `.dockerignore` keeps from the daemon. */
import { posix } from "node:path";

/** Judges paths relative to the context, with forward slashes. */
export type Ignores = (path: string) => boolean;

/**
 * The last pattern that matches a path or a folder above it decides; `!` takes back what an earlier
 * one left out. The Dockerfile and `.dockerignore` itself always go along, as with `docker build`.
 */
export function parseIgnoreFile(text: string, dockerfile: string): Ignores {
  const patterns = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => ({
      keeps: line.startsWith("!"),
      expression: expressionOf(line.replace(/^!\s*/, "")),
    }));
  const always = new Set([posix.normalize(dockerfile), ".dockerignore"]);
  return (path) => {
    if (always.has(path)) return false;
    const last = patterns.findLast(({ expression }) => expression.test(path));
    return last !== undefined && !last.keeps;
  };
}

/** Go's filepath.Match plus `**`, anchored at the context, and everything below a match. */
function expressionOf(pattern: string): RegExp {
  const path = posix.normalize(pattern).replace(/^\/+|\/+$/g, "");
  let source = "";
  for (let at = 0; at < path.length; at++) {
    const rest = path.slice(at);
    const range = /^\[(\^?)((?:\\.|[^\]\\])+)\]/.exec(rest);
    if (rest.startsWith("**/")) {
      source += "(?:.*/)?";
      at += 2;
    } else if (rest.startsWith("**")) {
      source += ".*";
      at += 1;
    } else if (rest.startsWith("*")) {
      source += "[^/]*";
    } else if (rest.startsWith("?")) {
      source += "[^/]";
    } else if (range !== null) {
      source += range[0];
      at += range[0].length - 1;
    } else if (rest.startsWith("\\") && rest.length > 1) {
      source += literal(rest.charAt(1));
      at += 1;
    } else {
      source += literal(rest.charAt(0));
    }
  }
  return new RegExp(path === "." ? "^.*$" : `^${source}(?:/.*)?$`, "s");
}

const literal = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
