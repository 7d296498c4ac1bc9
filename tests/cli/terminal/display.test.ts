import { expect, test, vi } from "vitest";
import { countLine, planLine, showEvents } from "../../../cli/terminal/display.ts";
import { Progress } from "../../../cli/terminal/progress.ts";
import { platformSummary } from "../../../cli/stack/summary.ts";

const NONE = { create: 0, update: 0, replace: 0, delete: 0, same: 0, updated: 0, gone: 0 };

test("a plan line names verb, type, resource and what changes", () => {
  const step = {
    urn: "urn:pulumi:dev::p::docker:index/container:Container::broker",
    type: "docker:index/container:Container",
    name: "broker",
    verb: "replace",
    changed: ["image", "memory"],
    replaceKeys: ["image"],
    deleteBeforeReplace: true,
  } as const;
  expect(planLine(step)).toBe("± docker:Container broker  [image (replaces), memory]");
});

test.each([
  [NONE, "nothing to do"],
  [{ ...NONE, same: 3 }, "3 unchanged"],
  [{ ...NONE, create: 2, delete: 1, same: 3 }, "2 to create, 1 to delete, 3 unchanged"],
  [{ ...NONE, updated: 1, gone: 1 }, "1 changed outside, 1 gone"],
])("%j counts as %s", (changes, line) => {
  expect(countLine(changes)).toBe(line);
});

test("what was done is told in the past tense", () => {
  expect(countLine({ ...NONE, create: 2, delete: 1, same: 3 }, { done: true })).toBe(
    "2 created, 1 deleted, 3 unchanged",
  );
});

/** A terminal that remembers what was written. */
function terminal(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, write: (text: string) => written.push(text), written };
}

test("off a terminal progress is whole lines, with more of them when a step takes long", async () => {
  vi.useFakeTimers();
  try {
    const log = terminal(false);
    const step = new Progress(log).step("build", async (detail) => {
      detail("step 3 of 7");
      await new Promise((resolve) => setTimeout(resolve, 20_000));
    });
    await vi.advanceTimersByTimeAsync(20_000);
    await step;
    expect(log.written).toEqual(["build (15.0 s): step 3 of 7\n", "build: done (20.0 s)\n"]);
  } finally {
    vi.useRealTimers();
  }
});

test("a quick step has no time, a failed one says so and passes its error on", async () => {
  const log = terminal(false);
  const progress = new Progress(log);
  await progress.step("look", () => Promise.resolve());
  await expect(progress.step("try", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(log.written).toEqual(["look: done\n", "try: failed\n"]);
});

test("a question has the terminal to itself", async () => {
  vi.useFakeTimers();
  try {
    const log = terminal(true);
    const progress = new Progress(log);
    const step = progress.step("install", () =>
      progress.silently(() => new Promise((resolve) => setTimeout(resolve, 10_000))),
    );
    await vi.advanceTimersByTimeAsync(9_000);
    expect(log.written.join("")).not.toContain("install (");
    await vi.advanceTimersByTimeAsync(1_000);
    await step;
  } finally {
    vi.useRealTimers();
  }
});

test("failures and diagnostics of an engine are shown, debug output is not", () => {
  const log = terminal(false);
  const details: string[] = [];
  const show = showEvents(new Progress(log), (text) => details.push(text));
  const operation = {
    urn: "u",
    type: "kafka:index/topic:Topic",
    name: "orders",
    verb: "create",
    replacing: false,
  } as const;
  show({ kind: "started", operation });
  show({ kind: "failed", operation, elapsedMs: 5, message: "no such thing" });
  show({ kind: "diagnostic", severity: "debug", message: "noise", urn: "" });
  show({ kind: "diagnostic", severity: "warning", message: "careful", urn: "" });
  const urn = "urn:pulumi:dev::p::kafka:index/topic:Topic::orders";
  show({ kind: "diagnostic", severity: "error", message: "it is protected", urn });
  show({ kind: "diagnostic", severity: "error", message: "nothing works", urn: "" });
  expect(details).toEqual(["create kafka:Topic orders"]);
  expect(log.written).toEqual([
    "  ! kafka:Topic orders: create failed: no such thing\n",
    "warning: careful\n",
    "error: kafka:Topic orders: it is protected\n",
    "error: nothing works\n",
  ]);
});

test("the summary says where everything is, and that the UI is missing", () => {
  const text = platformSummary(
    "dev",
    {
      bootstrapServers: "127.0.0.1:9092",
      tlsEnabled: false,
      metrics: { url: "http://127.0.0.1:9404/metrics" },
      ui: null,
      accounts: { a: { username: "a", mechanism: "SCRAM-SHA-512" } },
    },
    "3.0 s",
  );
  expect(text).toContain("Kafka is up: stack dev, 3.0 s.");
  expect(text).toContain("  Kafka      127.0.0.1:9092");
  expect(text).toContain("  Kafka UI   not running");
  expect(text).toContain("npm run --silent outputs -- --stack dev --show-secrets");
});
