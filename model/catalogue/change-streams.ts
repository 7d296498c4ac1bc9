import { SettingsError } from "../values/faults.ts";
import { didYouMean, MISSPELT } from "../values/spelling.ts";
import { changeStream } from "../topic/topic-profiles.ts";
import type { WrittenTopic } from "../topic/topic-declaration.ts";

/** A database that a connector follows, under the connector's name for its server. */
export interface Source {
  readonly server: string;
  readonly database: string;
  /** Its tables, each with how many of its rows change in a day at most. */
  readonly tables: Readonly<Record<string, { readonly changesPerDay: number }>>;
}

/** Which tables get a topic: all, those of one source's server, or named ones (`server.db.table`). */
export type Selection =
  "all" | { readonly server: string } | { readonly tables: readonly string[] };

const HOURS_PER_DAY = 24;
/** How much busier the busiest hour is than the average one. */
const PEAK = 10;

/** Changes in a day above which a table is a high-volume one. */
const HIGH_VOLUME = 100_000;

/**
 * One topic for each selected table, named `server.database.table` as the connector names it.
 *
 * @throws SettingsError for tables listed twice and for a selection of what is no source or table
 */
export function changeStreams(
  sources: readonly Source[],
  selection: Selection = "all",
): Record<string, WrittenTopic> {
  const tables = sources.flatMap(({ server, database, tables }) =>
    Object.entries(tables).map(([table, { changesPerDay }]) => ({
      name: `${server}.${database}.${table}`,
      server,
      topic: tableTopic(`${database}.${table}`, changesPerDay),
    })),
  );
  const faults = [...duplicates(tables), ...unselectable(tables, selection)];
  if (faults.length > 0) throw new SettingsError("The change streams are not valid", faults);
  const selected = tables.filter(({ name, server }) =>
    selection === "all"
      ? true
      : "server" in selection
        ? server === selection.server
        : selection.tables.includes(name),
  );
  return Object.fromEntries(selected.map(({ name, topic }) => [name, topic]));
}

interface Table {
  readonly name: string;
  readonly server: string;
}

const duplicates = (tables: readonly Table[]) =>
  [...Map.groupBy(tables, ({ name }) => name)]
    .filter(([, same]) => same.length > 1)
    .map(([name, same]) => `table ${name}: listed ${same.length} times; wanted once`);

function unselectable(tables: readonly Table[], selection: Selection): string[] {
  if (selection === "all") return [];
  if ("server" in selection) {
    const { server } = selection;
    const servers = [...new Set(tables.map((table) => table.server))];
    if (servers.includes(server)) return [];
    const question = didYouMean(server, servers, MISSPELT);
    return [`selection: server "${server}" is no source; ${question}`];
  }
  const names = tables.map(({ name }) => name);
  return selection.tables
    .filter((name) => !names.includes(name))
    .map(
      (name) => `selection: table "${name}" is in no source; ${didYouMean(name, names, MISSPELT)}`,
    );
}

/**
 * A table's topic. Many changes mean more partitions, less time and a limit of size, in every
 * environment: 3 days or 5 GiB a partition, in segments of 512 MiB.
 */
function tableTopic(table: string, changesPerDay: number): WrittenTopic {
  const own = {
    description: `Changes of the rows of ${table}.`,
    eventsPerHour: {
      from: 0,
      to: Math.max(1, Math.ceil((changesPerDay / HOURS_PER_DAY) * PEAK)),
      average: Math.ceil(changesPerDay / HOURS_PER_DAY),
    },
  };
  if (changesPerDay <= HIGH_VOLUME) return changeStream(own);
  return changeStream({
    ...own,
    partitions: 6,
    retention: "3d",
    retentionSize: "5 GiB",
    producerCodec: "lz4",
    config: { "segment.bytes": "512 MiB" },
    environments: {},
  });
}
