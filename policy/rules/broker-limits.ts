import { BOUNDS, LARGEST_SHARE, memoryAtWorst } from "../../model/broker/connection-limits.ts";
import { ACCOUNT, CONTAINER, STATEFUL_SET, TOPIC } from "../../model/stack/resource-types.ts";
import { KIB, MIB } from "../../model/values/units.ts";
import { brokerProcess, heapOption } from "../broker-process.ts";
import { BROKER_CONFIGURATION, brokerProperties, pairs } from "../broker-properties.ts";
import {
  EVERYWHERE,
  type ResourceRule,
  show,
  type StackRule,
  type Violation,
  when,
} from "../rule.ts";
import type { Stack } from "../subject.ts";

/** Connections that each account is to have room for, on one listener of one broker. */
const CONNECTIONS_OF_ACCOUNT = 5;
/** With fewer, one client with many threads shuts others out. */
const FEWEST_CONNECTIONS = 50;

/** Largest batch of a topic that says none: Kafka's own. */
const BATCH = 1_048_588;
/** Room in a request beside one batch of records: its header, with the names of client, transaction and topic. */
const REQUEST_HEADER = 64 * KIB;

/** Options of Java that open the process to others, tell what it decrypts, or run programs. */
const OPENING =
  /^-(agentlib|agentpath|javaagent|Xdebug|Xrunjdwp|XX:\+?(OnError|OnOutOfMemoryError|StartAttachListener)|XX:-ExitOnOutOfMemoryError|Dcom\.sun\.management\.jmxremote|Djavax\.net\.debug|Djava\.security\.(debug|manager|policy)|Dorg\.apache\.kafka\.disallowed\.login\.modules)/;

/** Properties of brokers, with where they are declared. */
const configurations = (stack: Stack) =>
  stack.ofType(...BROKER_CONFIGURATION).flatMap((subject) => {
    const properties = brokerProperties(subject);
    return properties ? [{ urn: subject.resource.urn, shared: properties.shared }] : [];
  });

/** Heap of the stack's brokers, in bytes; undefined where no broker is among its resources. */
function heapOf(stack: Stack): number | undefined {
  const heaps = stack.ofType(STATEFUL_SET, CONTAINER).flatMap((subject) => {
    const options = brokerProcess(subject)?.environment["KAFKA_HEAP_OPTS"];
    return (options === undefined ? undefined : heapOption(options, "-Xmx")) ?? [];
  });
  return heaps.length === 0 ? undefined : Math.min(...heaps);
}

type Properties = Readonly<Record<string, string>>;

function memoryFaults(shared: Properties, heap: number): string[] {
  const bounds = BOUNDS.map((key) => [key, Number(shared[key])] as const);
  const without = bounds.filter(([, value]) => !(value > 0));
  if (without.length > 0) {
    return without.map(([key]) => `${key} is ${show(shared[key])}; wanted a number of at least 1`);
  }
  const tls = pairs(shared["listener.security.protocol.map"] ?? "").some(
    ([, protocol]) => protocol === "SASL_SSL",
  );
  const taken = memoryAtWorst(Object.fromEntries(bounds) as never, { tls });
  const most = Math.floor(heap * LARGEST_SHARE);
  return when(
    taken > most,
    `connections and requests may take ${mib(taken)} of a heap of ${mib(heap)}; wanted ${mib(most)} at most`,
  );
}

/** Limits of connections, each with the listener that it is for. */
function connectionFaults(shared: Properties, accounts: number): string[] {
  const wanted = Math.max(FEWEST_CONNECTIONS, accounts * CONNECTIONS_OF_ACCOUNT);
  const limits = Object.entries(shared).filter(([key]) =>
    /(^|\.)max\.connections(\.per\.ip)?$/.test(key),
  );
  return limits.flatMap(([key, value]) =>
    when(
      !(Number(value) >= wanted),
      `${key} is ${show(value)}; wanted ${CONNECTIONS_OF_ACCOUNT} for each account, and at least ${FEWEST_CONNECTIONS}`,
    ),
  );
}

/** Topics whose largest batch no request may bring, under this bound. */
function oversized(stack: Stack, largestRequest: number): Violation[] {
  return stack.ofType(TOPIC).flatMap(({ resource: { urn }, fields }) => {
    const batch = Number(fields.in("config").text("max.message.bytes") ?? BATCH);
    const message = `config.max.message.bytes is ${batch}; requests have ${largestRequest} bytes at most (socket.request.max.bytes), ${REQUEST_HEADER} of them for what is not records`;
    return batch + REQUEST_HEADER > largestRequest ? [{ urn, message }] : [];
  });
}

const mib = (bytes: number): string => `${Math.round(bytes / MIB)} MiB`;

/** Rules on what clients may take of a broker. */
export const BROKER_LIMIT_RULES: readonly StackRule[] = [
  {
    id: "broker-memory",
    level: "mandatory",
    environments: EVERYWHERE,
    title: "What clients may announce, before the login and after it, fits into a broker's heap",
    reason:
      "Kafka allocates the size that a client announces: without bounds a stranger ends every broker.",
    fix: "Raise cluster.memory, or leave max.connections and the sizes of requests to the platform.",
    checkStack(stack) {
      const heap = heapOf(stack);
      if (heap === undefined) return [];
      return configurations(stack).flatMap(({ urn, shared }) =>
        memoryFaults(shared, heap).map((message) => ({ urn, message })),
      );
    },
  },
  {
    id: "broker-connections",
    level: "mandatory",
    environments: EVERYWHERE,
    title: `Every listener has room for ${CONNECTIONS_OF_ACCOUNT} connections of each account`,
    reason: "Whoever comes when a listener is full waits until somebody else leaves.",
    fix: "Raise cluster.memory, from which the limits follow.",
    checkStack: (stack) =>
      configurations(stack).flatMap(({ urn, shared }) =>
        connectionFaults(shared, stack.ofType(ACCOUNT).length).map((message) => ({ urn, message })),
      ),
  },
  {
    id: "topic-fits-requests",
    level: "mandatory",
    environments: EVERYWHERE,
    title: "The largest batch of each topic fits into the largest request that brokers take",
    reason:
      "A broker closes the connection of whoever sends more: the producer tries again for ever.",
    fix: "Lower maxMessageSize, raise cluster.memory, or set socket.request.max.bytes in cluster.properties.",
    checkStack(stack) {
      const bounds = configurations(stack)
        .map(({ shared }) => Number(shared["socket.request.max.bytes"]))
        .filter((bound) => bound > 0);
      return bounds.length === 0 ? [] : oversized(stack, Math.min(...bounds));
    },
  },
];

/** Rules on the process of a broker. */
export const BROKER_PROCESS_RULES: readonly ResourceRule[] = [
  {
    id: "broker-jvm-options",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [STATEFUL_SET, CONTAINER],
    title: "No option of Java opens a broker to others, or writes what it decrypts into its log",
    reason:
      "Remote management, agents and debuggers run what anybody sends; TLS debugging logs passwords.",
    fix: "Take the option out of cluster.jvmOptions.",
    check(subject) {
      const options = brokerProcess(subject)?.environment["KAFKA_OPTS"]?.split(/\s+/) ?? [];
      return options.flatMap((option) =>
        when(OPENING.test(option), `KAFKA_OPTS has ${show(option)}`),
      );
    },
  },
];
