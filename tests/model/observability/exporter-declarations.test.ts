import { expect, test } from "vitest";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { exporterConfigSchema } from "../../../model/observability/exporter-config.ts";
import { exporterDeclarations } from "../../../model/observability/exporter-declarations.ts";
import { event } from "../../../model/topic/topic-profiles.ts";
import { DECLARATIONS } from "../../../topics/index.ts";

const catalogue = loadCatalogue(DECLARATIONS);
const where = { environment: "prod", brokers: 3, credentials: {} } as const;
const declared = exporterDeclarations(catalogue, where);
const ORDERS = {
  description: "Orders.",
  classification: "internal",
  key: "id",
  partitions: 1,
} as const;

test("the exporter is told every topic with its owner, its retention in that environment, and its dead letters", () => {
  expect(declared.topics?.map(({ name }) => name)).toEqual(
    catalogue.topics.map(({ name }) => name),
  );
  const events = declared.topics?.find(({ name }) => name === "analytics-events");
  expect(events).toMatchObject({ minInsyncReplicas: 2, errorsTo: "analytics-events.dlq" });
  expect(events?.retentionMs).toBeGreaterThan(0);
  const letters = declared.topics?.find(({ name }) => name === "analytics-events.dlq");
  expect(letters).toMatchObject({ deadLettersOf: "analytics-events" });
});

test("a topic that is kept for ever has no retention", () => {
  const compacted = declared.topics?.find(({ name }) => name === "connect-configs");
  expect(compacted).toEqual({
    name: "connect-configs",
    owner: catalogue.topics.find(({ name }) => name === "connect-configs")?.owner,
    minInsyncReplicas: 2,
  });
});

test("each group is told with every topic that it reads, and whose it is; a beginning of names is no group", () => {
  expect(declared.groups).toContainEqual({
    group: "spark-streaming",
    topic: "transactions",
    owner: catalogue.accounts.find(({ name }) => name === "spark-streaming")?.owner,
  });
  expect(declared.groups?.filter(({ group }) => group.endsWith("*"))).toEqual([]);
});

test("a group is told how many seconds it may be behind; one that may be so many records behind is told none", () => {
  const told = (lagBudget: string | number) =>
    exporterDeclarations(
      loadCatalogue({
        domains: {
          "shop.ts": {
            owner: "shop",
            topics: { orders: event({ ...ORDERS, eventsPerHour: { from: 1, to: 10 } }) },
            accounts: {
              desk: {
                description: "Reads.",
                consumes: [{ topics: ["orders"], group: "desk", lagBudget }],
              },
            },
          },
        },
      }),
      where,
    ).groups;
  const desk = { group: "desk", topic: "orders", owner: "shop" };
  expect(told("5m")).toEqual([{ ...desk, lagBudgetSeconds: 300 }]);
  expect(told("1500ms")).toEqual([{ ...desk, lagBudgetSeconds: 1.5 }]);
  expect(told(2000)).toEqual([desk]);
});

test("a credential is told with the day that it is due, once it is known since when it lives", () => {
  expect(declared.credentials).toEqual([]);
  const [account] = catalogue.accounts.filter(({ rotateAfter }) => rotateAfter !== undefined);
  if (!account) throw new Error("no account of the catalogue is rotated");
  const live = [{ mechanism: "SCRAM-SHA-256", generation: 2, since: "2026-11-01" }] as const;
  const rotated = exporterDeclarations(catalogue, {
    ...where,
    credentials: { [account.name]: [...live] as never },
  });
  const due = new Date(Date.parse("2026-11-01") + (account.rotateAfter ?? 0));
  expect(rotated.credentials).toEqual([
    { account: account.name, owner: account.owner, due: due.toISOString().slice(0, 10) },
  ]);
});

test("the exporter takes what it is told", () => {
  const login = { username: "a", mechanism: "SCRAM-SHA-512", passwordFile: "/a" };
  const file = { cluster: "c", bootstrapServers: ["b:1"], login, declared };
  expect(exporterConfigSchema.safeParse(file).success).toBe(true);
});
