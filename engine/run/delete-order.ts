/**
 * Runs `work` for every item after it has been done for all items that depend on it, as many at a
 * time as are ready. Linear in items and dependencies. Resolves when nothing is under way any more;
 * when `work` rejects, or `stopped` says so, nothing further is begun.
 */
export async function inReverseDependencyOrder<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  dependenciesOf: (item: Item) => Iterable<string>,
  stopped: () => boolean,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const byKey = new Map<string, Item[]>();
  for (const item of items) byKey.set(keyOf(item), [...(byKey.get(keyOf(item)) ?? []), item]);
  /** How many items must still go before this one. */
  const blockers = new Map<Item, number>(items.map((item) => [item, 0]));
  const edges = new Map<Item, readonly Item[]>();
  for (const item of items) {
    const keys = [...dependenciesOf(item)].filter((key) => key !== keyOf(item));
    const needed = keys.flatMap((key) => byKey.get(key) ?? []);
    edges.set(item, needed);
    for (const dependency of needed) {
      blockers.set(dependency, (blockers.get(dependency) ?? 0) + 1);
    }
  }
  const waiting = new Set(items);
  const failures: unknown[] = [];

  const start = async (item: Item): Promise<void> => {
    waiting.delete(item);
    try {
      await work(item);
    } catch (error) {
      failures.push(error);
      return;
    }
    const released: Item[] = [];
    for (const dependency of edges.get(item) ?? []) {
      const left = (blockers.get(dependency) ?? 0) - 1;
      blockers.set(dependency, left);
      if (left === 0 && waiting.has(dependency)) released.push(dependency);
    }
    await startAll(released);
  };
  const startAll = async (some: readonly Item[]): Promise<void> => {
    if (failures.length > 0 || stopped()) return;
    await Promise.all(some.map(start));
  };

  await startAll(items.filter((item) => blockers.get(item) === 0));
  // Records of different runs can depend on each other in a circle: cut it anywhere.
  for (const item of waiting) {
    await startAll([item]);
  }
  if (failures.length > 0) throw failures[0];
}
