import { changeStreams, type Source } from "../model/catalogue/change-streams.ts";
import { connectTopics, schemaHistory } from "../model/catalogue/connect-topics.ts";
import type { Domain } from "../model/catalogue/domain-declaration.ts";

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

const CONNECT_TOPICS = {
  configTopic: "connect-configs",
  offsetTopic: "connect-offsets",
  statusTopic: "connect-status",
} as const;

/** Each connector is named for its server, and its topics start so. */
const SERVERS = [...new Set(SOURCES.map(({ server }) => server))];
const streamsOf = (server: string) => `${server}.*`;
const historyOf = (server: string) => `schema-history.${server}`;

/** Change data capture: a topic for each replicated table, and what its connectors keep in Kafka. */
export const changeDataCapture = (): Domain => ({
  owner: "data-replication",
  topics: {
    ...changeStreams(SOURCES, "all"),
    ...connectTopics(CONNECT_TOPICS),
    ...Object.fromEntries(SERVERS.map((server) => [historyOf(server), schemaHistory(server)])),
  },
  accounts: {
    debezium: {
      description: "The Kafka Connect workers with the Debezium connectors.",
      quota: { producerByteRate: "10 MiB", consumerByteRate: "5 MiB" },
      connect: [{ group: "connect-cluster", ...CONNECT_TOPICS }],
      produces: SERVERS.flatMap((server) => [streamsOf(server), historyOf(server)]),
      // A connector that starts again reads its history without committing where it is.
      consumes: SERVERS.map((server) => ({
        topics: [historyOf(server)],
        group: `${server}-schemahistory`,
      })),
    },
    "cdc-consumer": {
      description: "The replication's Celery workers: they apply the changes to the copies.",
      quota: { consumerByteRate: "20 MiB" },
      consumes: [{ topics: SERVERS.map(streamsOf), group: "cdc_consumer_*" }],
    },
  },
});
