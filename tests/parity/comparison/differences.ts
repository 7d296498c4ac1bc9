/** Finds where two recordings say different things. Pure. */

/** One place where the engines differ; `undefined` where one of them has nothing. */
export interface Difference {
  /** Where it is: what was compared, of what, and the property, separated by spaces. */
  readonly where: string;
  readonly pulumi: unknown;
  readonly embedded: unknown;
}

/**
 * Every innermost place where the two differ. Objects are compared key by key, lists element by element.
 *
 * @param where what is compared, such as `state`; the keys of the first two levels and then the path follow
 */
export function differences(where: string, pulumi: unknown, embedded: unknown): Difference[] {
  if (isContainer(pulumi) && isContainer(embedded) && isList(pulumi) === isList(embedded)) {
    const keys = new Set([...Object.keys(pulumi), ...Object.keys(embedded)]);
    return [...keys].flatMap((key) =>
      differences(
        `${where} ${key}`,
        (pulumi as Record<string, unknown>)[key],
        (embedded as Record<string, unknown>)[key],
      ),
    );
  }
  const same =
    Object.is(pulumi, embedded) ||
    (isEmpty(pulumi) && isEmpty(embedded) && isList(pulumi) === isList(embedded));
  return same ? [] : [{ where, pulumi, embedded }];
}

/** For people: the place, and what each engine has there, cut where it is long. */
export const describeDifference = ({ where, pulumi, embedded }: Difference): string =>
  `${where}: pulumi ${shown(pulumi)}, embedded ${shown(embedded)}`;

const LONGEST = 200;

function shown(value: unknown): string {
  if (value === undefined) return "has none";
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const isList = (value: object): boolean => Array.isArray(value);

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** An object or list with something in it: `{}` and `[]` are values like any other. */
const isContainer = (value: unknown): value is object =>
  isObject(value) && Object.keys(value).length > 0;

const isEmpty = (value: unknown): value is object => isObject(value) && !isContainer(value);
