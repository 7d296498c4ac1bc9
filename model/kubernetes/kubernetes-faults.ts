import type { ExternalAccess } from "./kubernetes-access.ts";

/** What does not fit together in the settings of a cluster, and where. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  /** What is wanted, as in the message of a schema. */
  readonly message: string;
}

/** The settings that are judged together. Each may be missing or wrong by itself. */
interface Given {
  readonly brokers?: unknown;
  readonly retiredBrokers?: unknown;
  readonly directoryIds?: unknown;
  readonly racks?: unknown;
  readonly access?: unknown;
  readonly kafkaVersion?: unknown;
  readonly metadataVersion?: unknown;
  readonly tieredStorage?: unknown;
}

/** How many disks may form the quorum at first: odd, so that none of them is idle in a vote. */
const QUORUM_SIZES = [3, 5];

/** Highest port that Kubernetes opens on its nodes. */
const LAST_NODE_PORT = 32_767;

/** Settings that are right alone and wrong together; what is wrong alone is left out here. */
export function kubernetesFaults(given: Given): Fault[] {
  const { brokers } = given;
  return [
    // Of too few brokers their number is the fault, and the only one to be told.
    ...(isCount(brokers) && brokers >= Math.min(...QUORUM_SIZES)
      ? [
          ...retiredFaults(given.retiredBrokers, brokers),
          ...directoryFaults(given.directoryIds, brokers),
          ...rackFaults(given.racks, brokers),
          ...accessFaults(given.access, brokers),
        ]
      : []),
    ...versionFaults(given),
    ...storeFaults(given.tieredStorage),
  ];
}

/** Pods reach what a network policy names, and nothing else. */
function storeFaults(given: unknown): Fault[] {
  if (typeof given !== "object" || given === null) return [];
  const { storeRanges = [] } = given as { storeRanges?: unknown };
  if (!Array.isArray(storeRanges) || storeRanges.length > 0) return [];
  const message = "the addresses of the store, such as 10.0.0.0/8: brokers reach nothing outside";
  return [{ path: ["tieredStorage", "storeRanges"], message }];
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value);

function retiredFaults(given: unknown, brokers: number): Fault[] {
  if (!Array.isArray(given)) return [];
  const path = ["retiredBrokers"];
  const inUse = given.filter((node) => isCount(node) && node < brokers);
  return [
    ...(inUse.length === 0
      ? []
      : [
          {
            path,
            message: `numbers from ${String(brokers)}: with ${String(brokers)} brokers ${inUse.join(", ")} is one of them`,
          },
        ]),
    ...(new Set(given).size === given.length ? [] : [{ path, message: "numbers that all differ" }]),
  ];
}

function directoryFaults(given: unknown, brokers: number): Fault[] {
  if (!Array.isArray(given)) return [];
  const path = ["directoryIds"];
  const size = given.length;
  if (!QUORUM_SIZES.includes(size) || size > brokers) {
    const allowed = QUORUM_SIZES.filter((one) => one <= brokers).join(" or ");
    const message = `${allowed} ids, one for each controller that forms the quorum at first, not ${String(size)}`;
    return [{ path, message }];
  }
  return new Set(given).size === size ? [] : [{ path, message: "ids that all differ" }];
}

function rackFaults(given: unknown, brokers: number): Fault[] {
  if (!Array.isArray(given) || given.length === brokers) return [];
  return [{ path: ["racks"], message: oneForEach("rack", brokers, given.length) }];
}

function accessFaults(given: unknown, brokers: number): Fault[] {
  const access = given as Partial<Exclude<ExternalAccess, { type: "none" }>> | undefined;
  const path = ["access", "addresses"];
  const addresses: unknown = access?.addresses;
  const faults: Fault[] = [];
  if (Array.isArray(addresses)) {
    if (addresses.length !== brokers) {
      faults.push({ path, message: oneForEach("address", brokers, addresses.length) });
    }
    // On the ports of nodes the port tells brokers apart; behind load balancers only the address does.
    if (access?.type === "loadBalancer" && new Set(addresses).size < addresses.length) {
      const message = "addresses that all differ: brokers behind load balancers share the port";
      faults.push({ path, message });
    }
  }
  if (
    access?.type === "nodePort" &&
    isCount(access.port) &&
    access.port + brokers > LAST_NODE_PORT
  ) {
    const most = String(LAST_NODE_PORT - brokers);
    const message = `at most ${most}: the ${String(brokers)} ports after it are the brokers', and ${String(LAST_NODE_PORT)} is the last one`;
    faults.push({ path: ["access", "port"], message });
  }
  return faults;
}

const oneForEach = (thing: string, brokers: number, given: number) =>
  `one ${thing} for each of the ${String(brokers)} brokers, not ${String(given)}`;

function versionFaults({ kafkaVersion, metadataVersion }: Given): Fault[] {
  if (typeof kafkaVersion !== "string" || typeof metadataVersion !== "string") return [];
  const [major = 0, minor = 0] = kafkaVersion.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = metadataVersion.split(".").map(Number);
  const known = wantedMajor < major || (wantedMajor === major && wantedMinor <= minor);
  const message = `at most ${String(major)}.${String(minor)}, what Kafka ${kafkaVersion} knows`;
  return known ? [] : [{ path: ["metadataVersion"], message }];
}
