import fc from "fast-check";
import { expect, test } from "vitest";
import {
  afterNextStep,
  type LiveCredentials,
  liveCredentialsSchema,
  nextStep,
  retiredSlot,
  sameCredentials,
} from "../../../model/credentials/rotation.ts";
import { stackConfigSchema } from "../../../model/stack/stack-config.ts";
import { describeFaults } from "../../../model/values/faults.ts";

const SHA512 = "SCRAM-SHA-512";
const SHA256 = "SCRAM-SHA-256";

test("two rotations set, hand out and retire in turn, and come back to the first mechanism", () => {
  const seen: unknown[] = [];
  let live: LiveCredentials = [{ mechanism: SHA512, generation: 1 }];
  for (const day of ["01", "02", "03", "04", "05", "06"]) {
    const step = nextStep(live);
    live = afterNextStep(live, `2026-11-${day}`);
    seen.push([step, live, retiredSlot(live)]);
  }
  const first = { mechanism: SHA512, generation: 1 };
  const second = { mechanism: SHA256, generation: 2, since: "2026-11-01" };
  const third = { mechanism: SHA512, generation: 3, since: "2026-11-04" };
  expect(seen).toEqual([
    ["set", [first, second], undefined],
    ["hand-out", [second, first], undefined],
    ["retire", [second], first],
    ["set", [second, third], undefined],
    ["hand-out", [third, second], undefined],
    ["retire", [third], { mechanism: SHA256, generation: 2 }],
  ]);
});

const credential = fc.record({
  mechanism: fc.constantFrom(SHA512, SHA256),
  generation: fc.integer({ min: 1, max: 9 }),
});
/** Every list that the schema accepts. */
const live = fc
  .array(credential, { minLength: 1, maxLength: 2 })
  .filter((list) => liveCredentialsSchema.safeParse(list).success)
  .map((list) => list as unknown as LiveCredentials);

test("from any state every step leads to a state that is accepted, and differs from it", () => {
  fc.assert(
    fc.property(live, (before) => {
      const after = afterNextStep(before, "2026-11-21");
      expect(liveCredentialsSchema.parse(after)).toEqual(after);
      expect(sameCredentials(before, after)).toBe(false);
    }),
  );
});

test("the credential that is handed out outlives every step", () => {
  fc.assert(
    fc.property(live, (before) => {
      expect(afterNextStep(before, "2026-11-21")).toContainEqual(before[0]);
    }),
  );
});

test("a mechanism once declared stays declared: rotations delete nothing", () => {
  fc.assert(
    fc.property(live, fc.integer({ min: 1, max: 9 }), (start, steps) => {
      const mechanisms = (list: LiveCredentials) =>
        new Set([...list, retiredSlot(list)].flatMap((slot) => (slot ? [slot.mechanism] : [])));
      let now = start;
      for (let step = 0; step < steps; step += 1) {
        const next = afterNextStep(now, "2026-11-21");
        expect([...mechanisms(next)]).toEqual(expect.arrayContaining([...mechanisms(now)]));
        now = next;
      }
    }),
  );
});

test("a generation is set once: no password comes back", () => {
  fc.assert(
    fc.property(live, (start) => {
      const set: number[] = [];
      let now = start;
      for (let step = 0; step < 12; step += 1) {
        const was = nextStep(now);
        now = afterNextStep(now, "2026-11-21");
        if (was === "set") set.push(now[1]?.generation ?? 0);
      }
      expect(set).toEqual(set.map((_, at) => (set[0] ?? 0) + at));
      expect(set[0]).toBeGreaterThan(Math.max(...start.map(({ generation }) => generation)));
    }),
  );
});

const WANTED = "one credential, or two of different mechanisms and consecutive generations";

test.each<[unknown, string]>([
  [[], "credentials.a[0]: missing; wanted a mechanism and a generation"],
  [
    [{ mechanism: SHA512, generation: 0 }],
    ".a[0].generation: given 0; wanted a whole number from 1",
  ],
  [[{ mechanism: "PLAIN", generation: 1 }], `wanted ${SHA512} or ${SHA256}`],
  [
    [{ mechanism: SHA512, generation: 1, since: "today" }],
    'wanted a day in quotes, such as "2026-11-21"',
  ],
  [[1, 2].map((generation) => ({ mechanism: SHA512, generation })), WANTED],
  [[1, 3].map((generation, at) => ({ mechanism: [SHA512, SHA256][at], generation })), WANTED],
  [[1, 1].map((generation, at) => ({ mechanism: [SHA512, SHA256][at], generation })), WANTED],
  [
    [1, 2, 3].map((generation) => ({ mechanism: [SHA256, SHA512][generation % 2], generation })),
    WANTED,
  ],
])("%j is refused", (list, fault) => {
  const input = {
    environment: "dev",
    protection: false,
    cluster: { kind: "docker" },
    credentials: { a: list },
  };
  const { error } = stackConfigSchema.safeParse(input);
  const faults = error ? describeFaults(error, input, "kafka-platform:") : [];
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain("kafka-platform:credentials.a");
  expect(faults[0]).toContain(fault);
});
