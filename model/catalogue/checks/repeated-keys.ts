import { sourceTokens, type Token } from "../../values/source-tokens.ts";

/**
 * Keys that stand twice in one object of a source. Nothing in the object shows it: of two declarations of one
 * name the last one wins, and only the compiler, which is not asked at every start, sees the other.
 */
export function repeatedKeys(source: string): string[] {
  const faults: string[] = [];
  const tokens = sourceTokens(source);
  /** The keys so far of each object that is open; none of what is open in other brackets. */
  const open: (Map<string, number> | undefined)[] = [];
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1]?.text;
    const keys = open.at(-1);
    const key = keys && (previous === "{" || previous === ",") ? keyAt(tokens, index) : undefined;
    if (keys && key !== undefined) {
      const line = lineOf(source, token);
      const first = keys.get(key);
      if (first === undefined) keys.set(key, line);
      else faults.push(`line ${line}: ${key}: given twice, first in line ${first}; wanted once`);
    }
    if (token.text === "{") open.push(new Map());
    else if (["(", "[", "${"].includes(token.text)) open.push(undefined);
    else if ([")", "]", "}"].includes(token.text)) open.pop();
  }
  return faults;
}

/** The key that begins with a token: a name, a text, or a constant in brackets. */
function keyAt(tokens: readonly Token[], index: number): string | undefined {
  const [first, second, third, fourth] = tokens.slice(index, index + 4).map(({ text }) => text);
  if (first === "[" && third === "]" && fourth === ":") return `[${second ?? ""}]`;
  if (first === undefined || second !== ":") return undefined;
  return /^["']/.test(first) ? first.slice(1, -1) : first;
}

const lineOf = (source: string, { at }: Token): number => source.slice(0, at).split("\n").length;
