import { expect, test } from "vitest";
import type { BrokerHealth } from "../../guards/broker-health.ts";
import { prepareRollingRestart } from "../../guards/rolling-restart.ts";

const WELL = { leaders: 10, underReplicated: 0 };
const DOWN = { sick: "does not answer", leaders: 0 };
const WAITING = "Waiting until every broker is well, before they are restarted.";

type Told = readonly Partial<BrokerHealth>[];

const brokers = (told: Told): BrokerHealth[] =>
  [0, 1, 2].map((at) => ({ pod: `kafka-${String(at)}`, ...WELL, ...told[at] }));

/**
 * A cluster that tells one state after the other, the last one for ever; a restart of a pod makes it
 * go on with `afterwards`. So does Kubernetes with what it has still to do, whenever it is asked.
 */
async function roll(
  states: readonly Told[],
  afterwards: readonly Told[] = [],
  kubernetes: readonly (string | undefined)[] = [undefined],
) {
  const did: string[] = [];
  let left = [...states];
  const toDo = [...kubernetes];
  let waited = 0;
  const actions = {
    health: () => {
      const [now = []] = left;
      if (left.length > 1) left.shift();
      return Promise.resolve(brokers(now));
    },
    pending: () => Promise.resolve(toDo.length > 1 ? toDo.shift() : toDo[0]),
    restart: (pod: string) => {
      did.push(`restart ${pod}`);
      left = [...afterwards];
      return Promise.resolve();
    },
    say: (message: string) => {
      did.push(message);
      return Promise.resolve();
    },
    wait: (milliseconds: number) => {
      waited += milliseconds;
      return Promise.resolve();
    },
    kubectl: "kubectl -n kafka",
  };
  const error: unknown = await prepareRollingRestart(actions).catch((reason: unknown) => reason);
  const refused = error instanceof Error ? error.message : error;
  return { did, refused, seconds: waited / 1000 };
}

test("a cluster that is well is rolled at once", async () => {
  expect(await roll([[]])).toEqual({ did: [], refused: undefined, seconds: 0 });
});

test("a restart that is still under way is waited for", async () => {
  expect(await roll([[{}, DOWN], [{ underReplicated: 3 }], []])).toEqual({
    did: [WAITING],
    refused: undefined,
    seconds: 10,
  });
});

test("a roll that goes on is waited for longer than one broker that stays away", async () => {
  const away = (at: number): Told => [{}, {}, {}].map((broker, of) => (of === at ? DOWN : broker));
  const slow = [1, 0].flatMap((at) => Array.from({ length: 20 }, () => away(at)));
  expect(await roll([...slow, []])).toEqual({ did: [WAITING], refused: undefined, seconds: 200 });
});

test("an earlier restart goes on to its end before the next one begins, though every broker is well", async () => {
  const earlier = [1, 2].map((at) => `an earlier restart has come to ${String(at)} of 3 pods`);
  expect(await roll([[]], [], [...earlier, undefined])).toEqual({
    did: [WAITING],
    refused: undefined,
    seconds: 10,
  });
});

test("where Kubernetes gets no further with brokers that are well, the update may be the cure", async () => {
  const stuck = "Kubernetes counts 2 of 3 pods as available";
  expect(await roll([[]], [], [stuck])).toEqual({
    did: [
      WAITING,
      "every broker is well, but Kubernetes counts 2 of 3 pods as available: the restart begins all the same.",
    ],
    refused: undefined,
    seconds: 120,
  });
});

test("the pod that goes first may be sick, and is not waited for", async () => {
  expect(await roll([[{}, {}, DOWN]])).toEqual({
    did: ["kafka-2 does not answer: the roll begins with it."],
    refused: undefined,
    seconds: 0,
  });
});

test("another sick pod is restarted alone, and well again before the others follow", async () => {
  expect(await roll([[DOWN]], [[DOWN], [{}, { underReplicated: 5 }], []])).toEqual({
    did: [
      WAITING,
      "kafka-0 is sick: it is restarted alone, before the others.",
      "restart kafka-0",
      WAITING,
    ],
    refused: undefined,
    // Two minutes in which it might have become well by itself.
    seconds: 120 + 10,
  });
});

test("a pod that stays sick keeps the others from being restarted", async () => {
  const { did, refused, seconds } = await roll([[{}, DOWN]], [[{}, DOWN]]);
  expect(seconds).toBe(120 + 600);
  expect(did).toContain("restart kafka-1");
  expect(refused).toBe(
    "The brokers are not restarted: after a restart of kafka-1 alone the cluster is degraded, and the " +
      "next restart could stop writes: kafka-1 does not answer. " +
      "See why, mend it, and repeat: kubectl -n kafka logs kafka-1",
  );
});

test("replicas that do not catch up keep every broker as it is", async () => {
  const { did, refused, seconds } = await roll([[{ underReplicated: 2 }]]);
  expect(seconds).toBe(120);
  expect(did).toEqual([WAITING]);
  expect(refused).toContain("2 partitions are under-replicated. Wait until they are in sync again");
});
