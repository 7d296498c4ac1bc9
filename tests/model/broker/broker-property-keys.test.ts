import { connectionLimits } from "../../../model/broker/connection-limits.ts";
import { GIB } from "../../../model/values/units.ts";
import { expect, test } from "vitest";
import {
  BROKER_PROPERTY_KEYS,
  propertyRefusal,
} from "../../../model/broker/broker-property-keys.ts";
import { clusterProperties } from "../../../model/kubernetes/cluster-properties.ts";
import { extraProperties } from "../../../model/broker/extra-properties.ts";

const WHY = {
  security: "listeners and their security belong to the platform",
  place: "a node's role and id are its place in the cluster",
  quorum: "who forms the quorum is decided once, by the directory ids",
  data: "the data lies on the broker's volume",
  rack: "racks are set by `racks` of the cluster",
  access: "access is granted by declarations alone",
  code: "it loads code or reads files",
  copies: "copies are what durability rests on: each topic declares its own",
  log: "the metadata log's snapshots guard the credentials in it",
  unstable: "what Kafka calls unstable is not for a cluster that is to last",
  removed: "Kafka 4 has removed it",
  unknown: "it is none of Kafka 4.3 that a stack may set",
};

test.each([
  ["listeners", WHY.security],
  ["advertised.listeners", WHY.security],
  ["listener.name.client.sasl.enabled.mechanisms", WHY.security],
  ["inter.broker.listener.name", WHY.security],
  ["ssl.client.auth", WHY.security],
  ["sasl.jaas.config", WHY.security],
  ["process.roles", WHY.place],
  ["node.id", WHY.place],
  ["controller.quorum.voters", WHY.quorum],
  ["controller.quorum.auto.join.enable", WHY.quorum],
  ["log.dirs", WHY.data],
  ["log.dir", WHY.data],
  ["metadata.log.dir", WHY.data],
  ["broker.rack", WHY.rack],
  ["authorizer.class.name", WHY.access],
  ["super.users", WHY.access],
  ["allow.everyone.if.no.acl.found", WHY.access],
  ["config.providers", WHY.code],
  ["metric.reporters", WHY.code],
  ["client.quota.callback.class", WHY.code],
  ["min.insync.replicas", WHY.copies],
  ["default.replication.factor", WHY.copies],
  ["offsets.topic.replication.factor", WHY.copies],
  ["transaction.state.log.min.isr", WHY.copies],
  ["unclean.leader.election.enable", WHY.copies],
  ["auto.create.topics.enable", "a topic exists because it is declared"],
  ["metadata.log.max.snapshot.interval.ms", WHY.log],
  ["unstable.api.versions.enable", WHY.unstable],
  ["delete.topic.enable", "topics are deleted by their declarations, and guarded by `protection`"],
  ["log.retention.hours", "each topic declares its own, in `retention`"],
  ["log.retention.bytes", "each topic declares its own, in `retentionSize`"],
  ["log.segment.bytes", 'each topic declares its own, in `config["segment.bytes"]`'],
  ["log.roll.hours", 'each topic declares its own, in `config["segment.ms"]`'],
  ["compression.type", 'each topic declares its own, in `config["compression.type"]`'],
  ["leader.imbalance.per.broker.percentage", WHY.removed],
  ["zookeeper.connect", WHY.removed],
  ["log.message.format.version", WHY.removed],
  ["confluent.license", "a property of Confluent's server, which Apache Kafka does not know"],
  ["num.io.thread", `${WHY.unknown}; did you mean "num.io.threads"?`],
  ["request.timeout.ms", WHY.unknown],
  ["toString", WHY.unknown],
])("%s is refused: %s", (name, reason) => {
  expect(propertyRefusal(name)).toBe(reason);
});

test("no property of the platform's own may be set, but bounds on what clients take", () => {
  const own = clusterProperties({
    name: "kafka",
    namespace: "kafka",
    access: { type: "none" },
    memory: GIB,
    initialControllers: 3,
    brokerUsers: [{ user: "a", generation: 1 }],
    controllerUsers: [{ user: "a", generation: 1 }],
    racks: ["a", "b", "c"],
    properties: {},
  });
  const bounds = Object.keys(connectionLimits({ memory: GIB, clientListeners: [], tls: true }));
  expect(Object.keys(own).filter((name) => propertyRefusal(name) === undefined)).toEqual([
    "offset.metadata.max.bytes",
    ...bounds,
  ]);
});

test("the platform's own way of setting a property is never overruled by a reason to refuse it", () => {
  const names = Object.keys(BROKER_PROPERTY_KEYS);
  expect(names.filter((name) => propertyRefusal(name) !== undefined)).toEqual([]);
});

test.each([
  [{ "num.io.threads": 0 }, "a whole number from 1 to 2,147,483,647"],
  [{ "num.io.threads": "many" }, "a whole number from 1 to 2,147,483,647"],
  [{ "auto.leader.rebalance.enable": "yes" }, "true or false"],
])("%j is refused", (properties, wanted) => {
  expect(extraProperties.safeParse(properties).error?.issues[0]?.message).toBe(wanted);
});
