/** Keys of the release before, which still work in this one. */

/**
 * What a declaration or a stack file writes with an old key, a sentence each.
 *
 * @param at where it is written, for the message
 */
export function formerSpellings(written: unknown, at: string): string[] {
  if (typeof written !== "object" || written === null) return [];
  const inside = Object.entries(written).flatMap(([key, value]: [string, unknown]) => {
    const path = Array.isArray(written) ? `${at}[${key}]` : `${at}${at === "" ? "" : "."}${key}`;
    return formerSpellings(value, path);
  });
  return isWaiver(written) && "owner" in written
    ? [...inside, renamed(`${at}.owner`, "by")]
    : inside;
}

/** The sentence on one of them. */
export const renamed = (former: string, now: string): string =>
  `${former}: the key is called \`${now}\` now; the old name goes with the next release`;

const isWaiver = (value: object): boolean => "rule" in value && "until" in value;
