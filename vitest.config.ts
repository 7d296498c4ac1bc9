import path from "node:path";
import { defineConfig } from "vitest/config";
import LongestFirst from "./tests/support/project/longest-first.ts";

const serial = { fileParallelism: false, maxWorkers: 1 } as const;

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    reporters: ["default", "./tests/support/project/closing-line.ts"],
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/{broker,e2e,kubernetes,losses,benchmarks}/**", "tests/parity/*.test.ts"],
          // Generous: a test that hangs fails, one on a busy machine does not.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Nothing depends on what `npm start` has left in this checkout.
          env: { KAFKA_PLATFORM_HOME: path.join(import.meta.dirname, "tests/no-platform-home") },
          // The SDKs are loaded once for each worker, not for each file: half of the time of this suite. So a
          // test puts back what it changes of the process.
          isolate: false,
          // The SDK as it is in a program that the engine starts.
          execArgv: [
            "--import",
            path.join(import.meta.dirname, "engine/program/program-preload.ts"),
          ],
          // One more than the cores that CI has: tests wait for programs that they start.
          maxWorkers: 3,
        },
      },
      {
        test: {
          name: "broker",
          include: ["tests/broker/**/*.test.ts"],
          globalSetup: ["tests/broker/shared-broker.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Each file is a client and often a broker: more of them only wait for each other.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "kubernetes",
          include: ["tests/kubernetes/**/*.test.ts"],
          globalSetup: ["tests/kubernetes/support/lab.ts"],
          testTimeout: 300_000,
          hookTimeout: 900_000,
          // The platform takes minutes of waiting, in which the drivers' tests have their turn.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "parity",
          include: ["tests/parity/*.test.ts"],
          globalSetup: ["tests/parity/engines/availability.ts"],
          testTimeout: 60_000,
          // Both engines run a whole stack before its first comparison.
          hookTimeout: 3_600_000,
          ...serial,
        },
      },
      {
        test: {
          name: "losses",
          include: ["tests/losses/*.test.ts"],
          globalSetup: ["tests/parity/engines/availability.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          ...serial,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          globalSetup: ["tests/e2e/first-start.ts"],
          testTimeout: 300_000,
          hookTimeout: 900_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
