import type { Domain } from "../../model/catalogue/domain-declaration.ts";
import { compactedTable, event } from "../../model/topic/topic-profiles.ts";
import { DOMAINS } from "../../topics/domains.ts";

/** A small domain for tests of the platform: none of them depends on what a company declares. */
const batch = {
  owner: "batch",
  topics: {
    batch_jobs: event({
      description: "Jobs to do.",
      key: "job_id",
      classification: "internal",
      partitions: 6,
      eventsPerHour: { from: 1_000, to: 10_000 },
    }),
    batch_results: compactedTable({
      description: "The latest result of each job.",
      key: "job_id",
      classification: "internal",
      partitions: 3,
      eventsPerHour: { from: 1_000, to: 10_000 },
    }),
  },
  accounts: {
    "batch-api": { description: "Takes jobs.", produces: ["batch_jobs"] },
    "batch-worker": {
      description: "Does the jobs.",
      consumes: [{ topics: ["batch_jobs"], group: "batch-worker" }],
      produces: ["batch_results"],
    },
    "batch-dashboards": {
      description: "Show the results.",
      consumes: [{ topics: ["batch_results"], group: "batch-dashboards" }],
    },
  },
} satisfies Domain;

/** The catalogue of tests, as files of the catalogue. */
export const TEST_DOMAINS: Readonly<Record<string, unknown>> = { "topics/batch.ts": batch };
export const TEST_TOPICS: readonly string[] = Object.keys(batch.topics);
export const TEST_ACCOUNTS: readonly string[] = Object.keys(batch.accounts);

/** Puts other domains in the place of what the program declares. */
export function declareOnly(domains: Readonly<Record<string, unknown>>): void {
  const wanted = { ...domains };
  for (const file of Object.keys(DOMAINS)) Reflect.deleteProperty(DOMAINS, file);
  Object.assign(DOMAINS, wanted);
}

/** The same for as long as `run` takes. */
export async function declaringOnly<T>(
  domains: Readonly<Record<string, unknown>>,
  run: () => Promise<T>,
): Promise<T> {
  const shipped = { ...DOMAINS };
  declareOnly(domains);
  try {
    return await run();
  } finally {
    declareOnly(shipped);
  }
}
