/**
 * Faults of brokers that are known by a CVE, as Apache Kafka's own records in the CVE list say. Clients and
 * Connect have others: they are not what this platform runs.
 *
 * Looked at last on the day below: what came later is not in it.
 */
export const KNOWN_FAULTS_AS_OF = "2026-11-30";

export interface KnownFault {
  readonly cve: string;
  readonly what: string;
  /** The releases, two numbers, in which some version has it. */
  readonly releases: readonly string[];
  readonly fixedIn: string;
  /** The property, and the value in it, without which it does no harm. @default always harmful */
  readonly onlyWith?: { readonly key: string; readonly value: string };
}

export const KNOWN_FAULTS: readonly KnownFault[] = [
  {
    cve: "CVE-2022-34917",
    what: "clients that have not logged in can use up a broker's memory",
    releases: ["3.0", "3.1", "3.2"],
    fixedIn: "3.0.2, 3.1.2 and 3.2.3",
  },
  {
    cve: "CVE-2024-27309",
    what: "while a cluster moves from ZooKeeper to KRaft some entries are not enforced",
    releases: ["3.5", "3.6"],
    fixedIn: "3.6.2",
  },
  {
    cve: "CVE-2024-56128",
    what: "a SCRAM login that was overheard in plain text can be replayed",
    releases: ["3.0", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8"],
    fixedIn: "3.7.2, 3.8.1 and 3.9.0",
    onlyWith: { key: "listener.security.protocol.map", value: "SASL_PLAINTEXT" },
  },
  {
    cve: "CVE-2026-33557",
    what: "OAuth tokens are taken without a look at who signed them",
    releases: ["4.1"],
    fixedIn: "4.1.2 and 4.2.0",
    onlyWith: { key: "sasl.enabled.mechanisms", value: "OAUTHBEARER" },
  },
];

/** The first level of `metadata.version` of each release (MetadataVersion.java), the latest first. */
const FIRST_LEVELS: readonly (readonly [number, string])[] = [
  [26, "4.1"],
  [22, "4.0"],
  [21, "3.9"],
  [20, "3.8"],
  [15, "3.7"],
  [12, "3.6"],
  [9, "3.5"],
  [8, "3.4"],
  [4, "3.3"],
  [3, "3.2"],
  [2, "3.1"],
  [1, "3.0"],
];
/** The last level of the last release above: what supports more is of a later one. */
const LAST_LEVEL = 27;

/**
 * The release of a broker, which Kafka tells only by how far its metadata can go.
 *
 * @returns undefined for one that is later than those with a known fault
 */
export const releaseOf = (metadataVersion: number): string | undefined =>
  metadataVersion > LAST_LEVEL
    ? undefined
    : FIRST_LEVELS.find(([level]) => metadataVersion >= level)?.[1];
