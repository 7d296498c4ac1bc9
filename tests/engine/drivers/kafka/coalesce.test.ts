import { describe, expect, it } from "vitest";

import { Coalescer } from "../../../../engine/drivers/kafka/coalesce.ts";

/** Doubles numbers, refuses negative ones, and records its batches. */
function doubling() {
  const batches: number[][] = [];
  const coalescer = new Coalescer<number, number>((items) => {
    batches.push([...items]);
    return Promise.resolve(items.map((n) => (n < 0 ? new RangeError(`${n}`) : 2 * n)));
  });
  return { batches, coalescer };
}

describe("Coalescer", () => {
  it("runs what arrives together as one batch, and gives each its own result", async () => {
    const { batches, coalescer } = doubling();
    const results = await Promise.allSettled([1, -2, 3].map((n) => coalescer.submit(n)));
    expect(results).toEqual([
      { status: "fulfilled", value: 2 },
      { status: "rejected", reason: new RangeError("-2") },
      { status: "fulfilled", value: 6 },
    ]);
    expect(batches).toEqual([[1, -2, 3]]);
  });

  it("collects what arrives while a batch is under way", async () => {
    const batches: number[][] = [];
    const first = Promise.withResolvers<undefined>();
    const started = Promise.withResolvers<undefined>();
    const coalescer = new Coalescer<number, number>(async (items) => {
      batches.push([...items]);
      started.resolve(undefined);
      if (batches.length === 1) await first.promise;
      return items;
    });
    const one = coalescer.submit(1);
    await started.promise;
    const more = [coalescer.submit(2), coalescer.submit(3)];
    first.resolve(undefined);
    expect(await Promise.all([one, ...more])).toEqual([1, 2, 3]);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it("fails all that are under way when the whole call fails, and goes on afterwards", async () => {
    let calls = 0;
    const coalescer = new Coalescer<number, number>((items) => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error("lost")) : Promise.resolve(items);
    });
    const results = await Promise.allSettled([coalescer.submit(1), coalescer.submit(2)]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await coalescer.submit(3)).toBe(3);
  });

  it("drops an item whose signal is aborted while it waits", async () => {
    const { batches, coalescer } = doubling();
    const abort = new AbortController();
    const dropped = coalescer.submit(1, abort.signal);
    const kept = coalescer.submit(2);
    abort.abort(new Error("second Ctrl-C"));
    await expect(dropped).rejects.toThrow("second Ctrl-C");
    expect(await kept).toBe(4);
    expect(batches).toEqual([[2]]);
    await expect(coalescer.submit(3, abort.signal)).rejects.toThrow("second Ctrl-C");
  });
});
