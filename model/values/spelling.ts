/**
 * The known word that somebody probably meant: at most two letters wrong, fewer in a short one, or the
 * beginning of one.
 */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const tolerated = Math.max(0, Math.min(given.length, 4) - 2);
  const typed = given.toLowerCase();
  const [best] = known
    .map((word) => ({ word, wrong: wrongLetters(typed, word.toLowerCase()) }))
    .filter(({ wrong }) => wrong <= tolerated)
    .sort((one, other) => one.wrong - other.wrong);
  return given === "" ? undefined : best?.word;
}

/** What is said of a name that is like none that is known. */
export const MISSPELT = "is it misspelt?";

/** The question for whoever wrote a name that is not known, or what to do where none is like it. */
export function didYouMean(given: string, known: readonly string[], otherwise: string): string {
  const meant = nearest(given, known);
  return meant === undefined ? otherwise : `did you mean "${meant}"?`;
}

/** The sentences for whoever named a thing that there is not: what was probably meant, and all there are. */
export function noSuch(kind: string, given: string, known: readonly string[], where = ""): string {
  const meant = nearest(given, known);
  const question = meant === undefined ? "" : ` Did you mean "${meant}"?`;
  const names = known.toSorted().join(", ") || "none";
  return `There is no ${kind} "${given}"${where}.${question} The ${kind}s are: ${names}.`;
}

const wrongLetters = (given: string, word: string): number =>
  word.startsWith(given) ? 0 : distance(given, word);

/** Letters to insert, delete or exchange (Levenshtein). */
function distance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [row, letter] of Array.from(one).entries()) {
    const line = [row + 1];
    for (const [at, wanted] of Array.from(other).entries()) {
      const exchanged = (above[at] ?? 0) + (letter === wanted ? 0 : 1);
      line.push(Math.min(exchanged, (above[at + 1] ?? 0) + 1, (line[at] ?? 0) + 1));
    }
    above = line;
  }
  return above[other.length] ?? 0;
}
