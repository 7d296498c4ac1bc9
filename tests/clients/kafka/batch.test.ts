import { describe, expect, it } from "vitest";

import { type Batch, runBatch, split } from "../../../clients/kafka/batch.ts";
import { Deadline } from "../../../clients/kafka/deadline.ts";
import { KafkaAdminError, type Outcome } from "../../../clients/kafka/errors.ts";
import { told } from "../../support/kafka/kafka-clients.ts";

const REFUSED = new KafkaAdminError("REFUSED", "b: no (INVALID_REQUEST).", "INVALID_REQUEST");
const POISON = new KafkaAdminError("REFUSED", "poisoned", "UNKNOWN_SERVER_ERROR");

/** A batch of names that records its requests; what it does not define succeeds and is visible. */
function names(
  send: (part: readonly string[]) => readonly Outcome[],
  unseen: (part: readonly string[]) => readonly string[] = () => [],
): { readonly batch: Batch<string>; readonly sent: string[][]; readonly looked: string[][] } {
  const sent: string[][] = [];
  const looked: string[][] = [];
  const batch: Batch<string> = {
    key: (name) => name,
    name: (name) => `thing ${name}`,
    send: (part) => {
      sent.push([...part]);
      return Promise.resolve().then(() => send(part));
    },
    unseen: (part) => {
      looked.push([...part]);
      return Promise.resolve().then(() => unseen(part));
    },
  };
  return { batch, sent, looked };
}

const succeed = (part: readonly string[]): Outcome[] => part.map(() => undefined);

describe("split", () => {
  const one = () => 1;

  it("keeps one part while keys are unique and records fit", () => {
    expect(split(["a", "b", "c"], (x) => x, one, 3)).toEqual([["a", "b", "c"]]);
  });

  it("opens a part when the records do not fit, also for an entry larger than the limit", () => {
    expect(split([2, 2, 9, 1], String, (x) => x, 4)).toEqual([[2, 1], [2], [9]]);
  });

  it("puts equal keys into different parts, the later entry into the later one", () => {
    const entries = ["a1", "a2", "b1", "a3"];
    expect(split(entries, (x) => x.slice(0, 1), one)).toEqual([["a1", "b1"], ["a2"], ["a3"]]);
  });

  it("makes nothing of nothing", () => {
    expect(split([], String, one)).toEqual([]);
  });
});

describe("runBatch", () => {
  it("answers in order and watches only what was accepted", async () => {
    const { batch, sent, looked } = names((part) =>
      part.map((name) => (name === "b" ? REFUSED : undefined)),
    );
    const outcomes = await runBatch(["a", "b", "c"], new Deadline(1000), batch);
    expect(outcomes).toEqual([undefined, REFUSED, undefined]);
    expect(sent).toEqual([["a", "b", "c"]]);
    expect(looked).toEqual([["a", "c"]]);
  });

  it("looks again until all are visible, each time only for those that were not", async () => {
    const left = [["b", "c"], ["c"], []];
    const { batch, looked } = names(succeed, () => left.shift() ?? []);
    expect(told(await runBatch(["a", "b", "c"], new Deadline(1000), batch))).toEqual([
      "ok",
      "ok",
      "ok",
    ]);
    expect(looked).toEqual([["a", "b", "c"], ["b", "c"], ["c"]]);
  });

  it("tells which change was accepted and never showed", async () => {
    const { batch } = names(succeed, (part) => part.filter((name) => name === "b"));
    expect(told(await runBatch(["a", "b"], new Deadline(30), batch))).toEqual([
      "ok",
      "DEADLINE thing b: the broker accepted the change but did not show it within 30 ms. Look at it (refresh) before trying again.",
    ]);
  });

  it("tells what was accepted when the connection is lost while looking", async () => {
    const lost = new KafkaAdminError("UNREACHABLE", "No broker could be reached: x.");
    const { batch } = names(succeed, () => {
      throw lost;
    });
    expect(told(await runBatch(["a"], new Deadline(30), batch))).toEqual([
      "UNREACHABLE thing a: the broker accepted the change but it could not be confirmed: No broker could be reached: x.",
    ]);
  });

  it("fails the entries under way with a lost connection, and no others", async () => {
    const lost = new KafkaAdminError("CONNECTION_LOST", "lost");
    let requests = 0;
    const { batch } = names((part) => {
      requests += 1;
      if (requests === 2) throw lost;
      return succeed(part);
    });
    expect(await runBatch(["a", "a"], new Deadline(1000), batch)).toEqual([undefined, lost]);
  });

  it("watches only the later of two accepted writes to one object", async () => {
    const { batch, looked } = names(succeed);
    const byLetter = { ...batch, key: (name: string) => name.slice(0, 1) };
    await runBatch(["a1", "b1", "a2"], new Deadline(1000), byLetter);
    expect(looked).toEqual([["a2", "b1"]]);
  });

  it("halves a request that failed as a whole until the bad entry stands alone", async () => {
    const { batch, sent } = names((part) =>
      part.map(() => (part.includes("bad") ? POISON : undefined)),
    );
    const entries = ["a", "b", "bad", "c", "d"];
    const outcomes = await runBatch(entries, new Deadline(1000), batch);
    expect(outcomes).toEqual([undefined, undefined, POISON, undefined, undefined]);
    expect(sent).toEqual([
      ["a", "b", "bad", "c", "d"],
      ["a", "b", "bad"],
      ["a", "b"],
      ["bad"],
      ["c", "d"],
    ]);
  });

  it("passes on what is not the broker's failure", async () => {
    const bug = new TypeError("bug");
    const { batch } = names(() => {
      throw bug;
    });
    await expect(runBatch(["a"], new Deadline(1000), batch)).rejects.toBe(bug);
  });
});
