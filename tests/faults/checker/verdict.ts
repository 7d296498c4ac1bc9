/** What a run of a load comes to: what became of the records, by two readers, and what clients noticed. */
import { account, type Accounting, FAULTS, type FoundRecord } from "./accounting.ts";
import type { LoadJournal } from "./journal.ts";
import { measure, type Measures } from "./measures.ts";

export interface Verdict extends Measures {
  readonly sent: number;
  readonly acknowledged: number;
  readonly failed: number;
  /** How many records each kind of fault has, by the reader that found more of them. */
  readonly faults: Readonly<Record<(typeof FAULTS)[number], number>>;
  /** What is wrong with the records, in sentences; empty when nothing is. */
  readonly complaints: readonly string[];
}

const EXAMPLES = 3;

/** @param readers what each reader has found, by its name */
export function judge(
  journal: LoadJournal,
  readers: Readonly<Record<string, readonly FoundRecord[]>>,
): Verdict {
  const { sent, acknowledged, failures, samples } = journal;
  const accounts = Object.entries(readers).map(
    ([name, found]) => [name, account(sent, acknowledged, found)] as const,
  );
  const counts = FAULTS.map(
    (fault) => [fault, Math.max(...accounts.map(([, { [fault]: all }]) => all.length))] as const,
  );
  const everything = sent.reduce((sum, count) => sum + count, 0);
  const untold = everything - acknowledged.length - failures.length;
  return {
    ...measure(acknowledged, samples),
    sent: everything,
    acknowledged: acknowledged.length,
    failed: failures.length,
    faults: Object.fromEntries(counts) as Verdict["faults"],
    complaints: [
      ...accounts.flatMap(([name, found]) => complaintsOf(name, found)),
      ...disagreement(accounts),
      ...(untold === 0 ? [] : [`of ${String(untold)} records nothing was told to their producer`]),
    ],
  };
}

const complaintsOf = (reader: string, accounting: Accounting): string[] =>
  FAULTS.flatMap((fault) => {
    const all = accounting[fault];
    if (all.length === 0) return [];
    const examples = all.slice(0, EXAMPLES).join(", ");
    return [
      `${String(all.length)} ${fault} by ${reader}: ${examples}${all.length > EXAMPLES ? ", …" : ""}`,
    ];
  });

function disagreement(accounts: readonly (readonly [string, Accounting])[]): string[] {
  const counts = accounts.map(([name, { found }]) => `${name} ${String(found)}`);
  return new Set(accounts.map(([, { found }]) => found)).size > 1
    ? [`the readers found different numbers of records: ${counts.join(", ")}`]
    : [];
}
