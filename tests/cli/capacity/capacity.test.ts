import { expect, test } from "vitest";
import { EXAMPLE_DOMAINS } from "../example-catalogue.ts";
import { runOn } from "../run-command.ts";

/** `kafka-platform capacity` on the catalogue. */
async function capacity(...args: readonly string[]) {
  const result = await runOn(EXAMPLE_DOMAINS)("capacity", ...args);
  return { ...result, lines: result.stdout.split("\n") };
}

test("the prod stack's volumes are enough for what is declared", async () => {
  const { status, stdout } = await capacity("--stack", "prod");
  expect(stdout).not.toMatch(/^(warning|error): /m);
  expect(stdout).toMatch(/^Each broker: \S+ TiB of 12 TiB \(\d+ %\) on its disk$/m);
  expect(stdout).toContain("~ marks volumes that are estimates: 4 of 5 topics.");
  expect(status).toBe(0);
});

test("the arithmetic of one topic is told with the numbers that are given", async () => {
  const numbers = ["--events-per-hour", "500_000", "--retention", "14d", "--event-size", "2KiB"];
  const { lines } = await capacity("--stack", "prod", "--topic", "transactions", ...numbers);
  expect(lines.slice(0, 12)).toEqual([
    "Stack prod, environment prod, 3 brokers:",
    "",
    "transactions:",
    "  volume: 500,000 events/h (estimate) × 2 KiB = 977 MiB/h",
    "  kept: 977 MiB/h × 14d = 320 GiB",
    "  segments: 6 × 1 GiB, each of which goes as a whole",
    "  until files are gone: 6m more, 97.7 MiB",
    "  a record stays: 14d, and at most about 6.29h until its segment is full and 5m until Kafka looks",
    "  copies: 327 GiB × 3 = 980 GiB on 3 brokers, at most 327 GiB on one",
    "  throughput: 278 KiB/s ÷ 10 MiB/s a partition → 1",
    "  records: 139/s, for which 6 are usual",
    "  partitions: 6 declared",
  ]);
});

test("what does not fit is told, with exit code 2", async () => {
  const { status, stdout } = await capacity("--stack", "prod", "--storage", "100GiB");
  expect(status).toBe(2);
  expect(stdout).toMatch(
    /^error: storage: a broker needs \S+ TiB of its 100 GiB \([\d,]+ %\); give each at least/m,
  );
});

test("with more throughput more partitions are needed, and not there", async () => {
  const { status, stdout } = await capacity("--stack", "prod", "--growth", "50x");
  expect(stdout).toContain(
    "warning: partitions: analytics-events has 6, and its throughput and consumers need 25;",
  );
  expect(status).toBe(2);
});

test("JSON tells that each of more brokers needs less", async () => {
  const ofBrokers = async (brokers: string) =>
    JSON.parse(
      (await capacity("--stack", "prod", "--brokers", brokers, "--format", "json")).stdout,
    ) as {
      readonly brokers: number;
      readonly verdict: string;
      readonly storage: { readonly needed: number; readonly available: number };
      readonly topics: readonly { readonly name: string }[];
    };
  const [three, six] = [await ofBrokers("3"), await ofBrokers("6")];
  expect([three.brokers, six.brokers, six.topics.length, six.verdict]).toEqual([3, 6, 5, "ok"]);
  expect(six.storage.available).toBe(12 * 2 ** 40);
  expect(six.storage.needed / three.storage.needed).toBeCloseTo(0.5, 1);
});

test.each([
  [["--growth", "0x"], "--growth 0x: wanted a factor such as 2x or 1.5x, or a growth such as 30%."],
  [["--storage", "many"], "--storage many: wanted a size such as 512 KiB, 512 MiB or 10 GiB"],
  [["--retention", "14d"], "--retention is about one topic: name it with --topic."],
  [["--topic", "nope"], 'There is no topic "nope". The topics are: analytics-events,'],
  [
    ["--topic", "user-state", "--retention", "1d"],
    "--retention: user-state is compacted, and keeps the latest of each key.",
  ],
  [
    ["--brokers", "2"],
    "in prod: replication factor 3 with 2 brokers; wanted at most one copy per broker",
  ],
  [["--brokers", "0"], "--brokers 0: wanted a number of brokers."],
])("%j is refused", async (args, message) => {
  const { status, stderr } = await capacity("--stack", "prod", ...args);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
});
