import type { ValueRule } from "../values/value-rules.ts";
import { topicPlaceOf } from "../topic/broker-synonyms.ts";
import { didYouMean } from "../values/spelling.ts";
import { KIB, MIB } from "../values/units.ts";
import { MAX_INT as INT, MAX_LONG as LONG } from "../values/kafka-limits.ts";

const count = (min = 1, max = INT) => ({ type: "integer", min, max }) as const;
const time = (min = 0, max: number | bigint = LONG) => ({ type: "duration", min, max }) as const;
const bytes = (min = 0, max: number | bigint = INT) => ({ type: "size", min, max }) as const;
const boolean = { type: "boolean" } as const;

/**
 * Broker properties that a stack may set, with what Kafka 4.3 takes for each. They tune; none of them
 * decides who a broker is, where its data lies, who may come in, or how many copies a record has.
 */
export const BROKER_PROPERTY_KEYS: Readonly<Record<string, ValueRule>> = {
  // Threads
  "background.threads": count(),
  "group.coordinator.threads": count(),
  "log.cleaner.threads": count(0),
  "num.io.threads": count(),
  "num.network.threads": count(),
  "num.recovery.threads.per.data.dir": count(),
  "num.replica.fetchers": count(),
  "share.coordinator.threads": count(),
  // Connections and requests
  "connection.failed.authentication.delay.ms": time(0, INT),
  "connections.max.idle.ms": time(1),
  // Never is no time: what was retired would go on being used.
  "connections.max.reauth.ms": time(60_000, 3_600_000),
  "fetch.max.bytes": bytes(1024),
  "max.connection.creation.rate": count(0),
  "max.connections": count(0),
  "max.connections.per.ip": count(0),
  "max.incremental.fetch.session.cache.slots": count(0),
  "offset.metadata.max.bytes": bytes(0, 4 * KIB),
  "queued.max.request.bytes": bytes(1, LONG),
  "queued.max.requests": count(),
  "sasl.server.max.receive.size": bytes(4 * KIB, 512 * KIB),
  "socket.listen.backlog.size": count(),
  "socket.receive.buffer.bytes": bytes(1),
  "socket.request.max.bytes": bytes(1),
  "socket.send.buffer.bytes": bytes(1),
  // Replication
  "auto.leader.rebalance.enable": boolean,
  "leader.imbalance.check.interval.seconds": count(),
  "replica.fetch.max.bytes": bytes(),
  "replica.fetch.response.max.bytes": bytes(),
  "replica.fetch.wait.max.ms": time(0, INT),
  "replica.lag.time.max.ms": time(1),
  "replica.socket.receive.buffer.bytes": bytes(1),
  "replica.socket.timeout.ms": time(1, INT),
  // Sessions and the quorum's patience
  "broker.heartbeat.interval.ms": time(1, INT),
  "broker.session.timeout.ms": time(1, INT),
  "controller.quorum.election.backoff.max.ms": time(0, INT),
  "controller.quorum.election.timeout.ms": time(0, INT),
  "controller.quorum.fetch.timeout.ms": time(0, INT),
  "controller.quorum.request.timeout.ms": time(0, INT),
  "initial.broker.registration.timeout.ms": time(1, INT),
  // Defaults of topics
  "log.cleaner.dedupe.buffer.size": bytes(MIB, LONG),
  "log.cleaner.io.max.bytes.per.second": { type: "real", min: 1, max: LONG },
  "log.flush.offset.checkpoint.interval.ms": time(0, INT),
  "log.retention.check.interval.ms": time(1),
  "log.segment.delete.delay.ms": time(),
  "message.max.bytes": bytes(),
  "num.partitions": count(),
  // Consumer groups, share groups, transactions
  "group.consumer.heartbeat.interval.ms": time(1, INT),
  "group.consumer.max.size": count(),
  "group.consumer.session.timeout.ms": time(1, INT),
  "group.initial.rebalance.delay.ms": time(0, INT),
  "group.max.session.timeout.ms": time(1, INT),
  "group.max.size": count(),
  "group.min.session.timeout.ms": time(1, INT),
  "offsets.commit.timeout.ms": time(1, INT),
  "offsets.retention.minutes": count(),
  "producer.id.expiration.ms": time(1, INT),
  "transaction.max.timeout.ms": time(1, INT),
  "transactional.id.expiration.ms": time(1, INT),
  // Quotas
  "quota.window.num": count(),
  "quota.window.size.seconds": count(),
};

/** Why a property of another kind is refused. The first that matches by name is the reason. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [
    /listener|^(sasl|ssl)\.|^security\.|^principal\./,
    "listeners and their security belong to the platform",
  ],
  [/^(process\.roles|node\.id|broker\.id)$/, "a node's role and id are its place in the cluster"],
  [
    /^(remote\.log|rsm\.config|rlmm\.config)\./,
    "tiered storage is set by `tieredStorage` of the cluster",
  ],
  [/^controller\.quorum\./, "who forms the quorum is decided once, by the directory ids"],
  [/^(log\.dirs?|metadata\.log\.dir|cordoned\.log\.dirs)$/, "the data lies on the broker's volume"],
  [/^broker\.rack$|^replica\.selector/, "racks are set by `racks` of the cluster"],
  [
    /^(authorizer\.|super\.users$|allow\.everyone|early\.start)/,
    "access is granted by declarations alone",
  ],
  [
    /^config\.providers|\.class(\.name|\.path)?$|^metric|reporters$/,
    "it loads code or reads files",
  ],
  [
    /^min\.insync\.replicas$|^default\.replication|replication\.factor$|\.min\.isr$|^unclean\./,
    "copies are what durability rests on: each topic declares its own",
  ],
  [/^auto\.create\.topics/, "a topic exists because it is declared"],
  [/^delete\.topic/, "topics are deleted by their declarations, and guarded by `protection`"],
  [
    /^(zookeeper\.|inter\.broker\.protocol|leader\.imbalance\.per|log\.message\.(format|downconversion|timestamp\.difference))/,
    "Kafka 4 has removed it",
  ],
  [/^confluent\./, "a property of Confluent's server, which Apache Kafka does not know"],
  [/^metadata\.(log|max)\./, "the metadata log's snapshots guard the credentials in it"],
  [/^unstable\./, "what Kafka calls unstable is not for a cluster that is to last"],
];

/** What is wrong with setting a property of this name; nothing where it may be set. */
export function propertyRefusal(name: string): string | undefined {
  if (Object.hasOwn(BROKER_PROPERTY_KEYS, name)) return undefined;
  const reason = REFUSED.find(([pattern]) => pattern.test(name))?.[1];
  if (reason !== undefined) return reason;
  const place = topicPlaceOf(name);
  if (place !== undefined) return `each topic declares its own, in ${place}`;
  const question = didYouMean(name, Object.keys(BROKER_PROPERTY_KEYS), "");
  return `it is none of Kafka 4.3 that a stack may set${question && `; ${question}`}`;
}
