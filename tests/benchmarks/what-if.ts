/**
 * How long the answers take that need no cluster, for a catalogue of 2,000 topics: an account writes
 * each, three read all of them, and a hundred a part. Run with `npm run benchmark`; ends with exit
 * code 1 where one takes a second or more.
 */
import { accessChanges } from "../../model/access/access-changes.ts";
import { accessWarnings } from "../../model/access/access-review.ts";
import { compileGrants } from "../../model/access/compile-grants.ts";
import { accountAccess } from "../../model/catalogue/account-access.ts";
import { catalogueCapacity } from "../../model/capacity/catalogue-load.ts";
import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import { type Figure, isMet, median, print, timed } from "./measure.ts";

const TOPICS = 2_000;
const READERS = 100;
const ROUNDS = 5;
const LIMIT = 1;

const names = Array.from({ length: TOPICS }, (_, at) => `area-${at % READERS}.topic-${at}`);
const topic = {
  ...{ description: "d", key: "k", classification: "public", cleanup: "delete", retention: "7d" },
  ...{ partitions: 6, maxMessageSize: "1 MiB", producerCodec: "lz4" },
  eventsPerHour: { from: 0, to: 100_000 },
};
const reader = (group: string, topics: readonly string[]) => ({
  description: "d",
  consumes: [{ topics, group }],
});
const catalogue = loadCatalogue({
  domains: {
    "topics/many.ts": {
      owner: "many",
      topics: Object.fromEntries(names.map((name) => [name, topic])),
      accounts: {
        writer: { description: "d", produces: names },
        ...Object.fromEntries(["a", "b", "c"].map((name) => [name, reader(name, names)])),
        ...Object.fromEntries(
          Array.from({ length: READERS }, (_, at) => [
            `r${at}`,
            reader(`r${at}`, [`area-${at}.*`]),
          ]),
        ),
      },
    },
  },
});
const accounts = catalogue.accounts.map((one) => ({ ...accountAccess(one), owner: one.owner }));
const acls = () => accounts.flatMap(compileGrants).map(({ entry }) => entry);
const before = { acls: acls() };
const after = { acls: before.acls.filter((_, at) => at % 2 === 0) };
const room = { environment: "prod", brokers: 3, storage: 2 ** 40 } as const;

const work: Readonly<Record<string, () => unknown>> = {
  plan: () => catalogueCapacity(catalogue, room),
  "entries of every account": acls,
  "who gains and loses what": () => accessChanges(before, after),
  warnings: () => accessWarnings(names, accounts),
};
for (const [what, run] of Object.entries(work)) {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await timed(run));
  const figure: Figure = {
    ...{ what, measured: median(times), limit: LIMIT },
    ...({ unit: "s", wanted: "at most" } as const),
    how: `${TOPICS} topics, ${accounts.length} accounts, ${before.acls.length} entries`,
  };
  print(figure);
  if (!isMet(figure)) process.exitCode = 1;
}
