import { covers, type Right } from "./acl.ts";
import type { Access, Grants } from "./grants.ts";
import { type CompiledAcl, compileGrants } from "./compile-grants.ts";
import { PatternIndex } from "./pattern-index.ts";
import { declaredRights } from "./rights.ts";
import { grantsOperation } from "./operations.ts";

/**
 * What is declared and works, and hardly is what was meant, a sentence each: topics that nobody writes
 * or reads, and grants that another grant of the same account makes needless.
 */
export function accessWarnings(topics: readonly string[], accounts: readonly Access[]): string[] {
  const compiled = accounts.flatMap((account) =>
    compileGrants(account).map((acl): Held => ({ ...acl, ...acl.entry, account })),
  );
  return [...unusedTopics(topics, compiled), ...accounts.flatMap(needlessGrants)];
}

interface Held extends CompiledAcl, Right {
  readonly account: Access;
}

function unusedTopics(topics: readonly string[], held: readonly Held[]): string[] {
  const onTopics = held.filter(
    ({ resourceType, entry }) => resourceType === "Topic" && entry.permission === "Allow",
  );
  const who = (operation: Right["operation"]) =>
    new PatternIndex(onTopics.filter((one) => grantsOperation(one.operation, operation)));
  const [writers, readers] = [who("Write"), who("Read")];
  const missing = Map.groupBy(topics, (topic) =>
    [...(writers.has(topic) ? [] : ["write to"]), ...(readers.has(topic) ? [] : ["read"])].join(
      " or ",
    ),
  );
  return [...missing].flatMap(([what, unused]) => (what === "" ? [] : [unusedText(what, unused)]));
}

/** Of many topics the first are named: a new catalogue has hundreds that nobody uses yet. */
const NAMED = 10;

function unusedText(what: string, [first = "", ...others]: readonly string[]): string {
  if (others.length === 0) return `topic ${first}: no account may ${what} it`;
  const named = [first, ...others].slice(0, NAMED).join(", ");
  const rest = others.length + 1 - NAMED;
  const more = rest > 0 ? ` and ${rest.toLocaleString("en-US")} more` : "";
  return `topics ${named}${more}: no account may ${what} them`;
}

/** One grant of an account as it is written: a topic it writes to, a topic it reads in a group. */
interface WrittenGrant {
  readonly because: string;
  readonly rights: readonly Right[];
}

/** Grants every right of which other grants of the account, or of its groups, give it anyway. */
function needlessGrants({ username, grants, groups = {} }: Access): string[] {
  const written = [
    ...writtenGrants(grants),
    ...Object.entries(groups).flatMap(([group, granted]) =>
      writtenGrants(granted).map((one) => ({ ...one, because: `group ${group}: ${one.because}` })),
    ),
  ];
  const index = new PatternIndex(
    written.flatMap((grant, place) => grant.rights.map((right) => ({ ...right, grant, place }))),
  );
  const coverOf = (right: Right, grant: WrittenGrant, place: number): WrittenGrant | undefined => {
    for (const other of index.matching(right.resourceName)) {
      if (other.place === place || !covers(other, right)) continue;
      // Of two that say the same the first one is as good as the second.
      if (other.place < place || !isWithin(other.grant, grant)) return other.grant;
    }
    return undefined;
  };
  return written.flatMap((grant, place) => {
    const by = new Set<string>();
    for (const right of grant.rights) {
      const cover = coverOf(right, grant, place);
      if (!cover) return [];
      by.add(`"${cover.because}"`);
    }
    return [`account ${username}: "${grant.because}" adds nothing to ${[...by].join(", ")}`];
  });
}

/** What follows from other grants, as dead letters do, is not written by anybody. */
const writtenGrants = (grants: Grants): WrittenGrant[] => {
  const each = [
    ...(grants.consumes ?? []).flatMap(({ topics, group }) =>
      topics.map((topic): Grants => ({ consumes: [{ topics: [topic], group }] })),
    ),
    ...Object.entries(grants)
      .filter(([kind]) => kind !== "consumes" && kind !== "deadLetters")
      .flatMap(([kind, value]: [string, unknown]) =>
        Array.isArray(value)
          ? value.map((one: unknown): Grants => ({ [kind]: [one] }))
          : [{ [kind]: value }],
      ),
  ];
  return each.map(declaredRights).flatMap((declared) => {
    const [first] = declared;
    const rights = declared.map(({ right }) => right);
    return first === undefined ? [] : [{ because: first.because, rights }];
  });
};

const isWithin = (inner: WrittenGrant, outer: WrittenGrant): boolean =>
  inner.rights.every((right) => outer.rights.some((one) => covers(one, right)));
