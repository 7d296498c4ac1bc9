import { changeStreams, type Source } from "./change-streams.ts";
import type { Domain } from "./topic.schema.ts";

/** Databases whose changes are replicated. To add a table, add its name and how much changes in it. */
const SOURCES: readonly Source[] = [
  {
    server: "client_2",
    database: "kbe",
    tables: {
      auth_user: { changesPerDay: 10_000 },
      busy_acc_greenera: { changesPerDay: 50_000 },
      django_content_type: { changesPerDay: 100 },
      orders: { changesPerDay: 100_000 },
      products: { changesPerDay: 10_000 },
      transactions: { changesPerDay: 1_000_000 },
      users: { changesPerDay: 10_000 },
    },
  },
];

/** Change data capture: a topic for each replicated table. */
export const changeDataCapture = (): Domain => ({
  owner: "data-replication",
  topics: changeStreams(SOURCES, "all"),
});
