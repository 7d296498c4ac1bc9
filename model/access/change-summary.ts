import type { NameRegion } from "./name-regions.ts";
import type { AclOperation } from "./operations.ts";

/** Stands for every principal, and for every address, that no entry names. */
export const ANY_OTHER = "\u0000";

/** That one operation on one region from one address becomes possible, or is no longer. */
export interface AccessDelta {
  readonly change: "gains" | "loses";
  readonly operation: AclOperation;
  readonly region: NameRegion;
  readonly host: string;
}

/** Many points told as one. */
export interface Summary {
  readonly change: "gains" | "loses";
  readonly operations: readonly AclOperation[];
  /** Names; with `*` at the end every name that starts so. */
  readonly resources: readonly string[];
  /** What `resources` would mean and the change does not touch. */
  readonly except: readonly string[];
  /** Addresses from which it is so; `*` is every address that is not in `exceptHosts`. */
  readonly hosts: readonly string[];
  readonly exceptHosts: readonly string[];
}

/** What points can differ in. */
interface Space {
  readonly regions: readonly NameRegion[];
  readonly hosts: readonly string[];
}

/** Points that differ in nothing but one thing are told as one: first addresses, then names, then operations. */
export function summarize(points: readonly AccessDelta[], space: Space): Summary[] {
  const places = new Map(space.regions.map((region, place) => [region, place]));
  const overHosts = grouped(points, ({ change, operation, region }) => ({
    change,
    operation,
    region: places.get(region),
  })).map(({ same, key }) => ({ ...key, where: hostSet(same, space.hosts) }));

  const overNames = grouped(overHosts, ({ change, operation, where }) => ({
    change,
    operation,
    where,
  })).map(({ same, key }) => ({
    ...key,
    ...minimalPatterns(new Set(same.map(({ region }) => region)), places),
  }));

  return grouped(overNames, ({ change, where, resources, except }) => ({
    change,
    where,
    resources,
    except,
  })).map(({ same, key: { change, where, ...names } }) => ({
    change,
    operations: same.map(({ operation }) => operation),
    ...names,
    ...where,
  }));
}

function grouped<T, Key>(all: readonly T[], keyOf: (one: T) => Key): { same: T[]; key: Key }[] {
  const groups = Map.groupBy(all, (one) => JSON.stringify(keyOf(one)));
  return [...groups].map(([key, same]) => ({ same, key: JSON.parse(key) as Key }));
}

function hostSet(points: readonly AccessDelta[], all: readonly string[]) {
  const hosts = points.map(({ host }) => host);
  if (!hosts.includes(ANY_OTHER)) return { hosts, exceptHosts: [] };
  return { hosts: ["*"], exceptHosts: all.filter((host) => !hosts.includes(host)) };
}

/** The fewest names that mean these regions: a region inside another one of them goes without saying. */
function minimalPatterns(
  inside: ReadonlySet<number | undefined>,
  places: ReadonlyMap<NameRegion, number>,
) {
  const regions = [...places.keys()];
  const isIn = (region: NameRegion | undefined) => {
    return region !== undefined && inside.has(places.get(region));
  };
  return {
    resources: regions.filter((one) => isIn(one) && !isIn(one.parent)).map(({ label }) => label),
    except: regions.filter((one) => !isIn(one) && isIn(one.parent)).map(({ label }) => label),
  };
}
