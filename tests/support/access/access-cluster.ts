import { setTimeout as sleep } from "node:timers/promises";

import { findCoordinatorV6 } from "@platformatic/kafka";
import { toBinding } from "../../../cli/cleanup/kafka-identities.ts";
import type { Access } from "../../../model/access/grants.ts";
import { compileGrants } from "../../../model/access/compile-grants.ts";
import { credentialPurpose, derivePassword } from "../../../model/credentials/credentials.ts";
import { type TopicDeclaration, topicSpec } from "../../../model/topic/topic-spec.ts";
import { BrokerLink } from "../../../clients/kafka/broker-link.ts";
import type { Outcome } from "../../../clients/kafka/errors.ts";
import { GROUP_PROBES, send, TRANSACTION_PROBES } from "./access-probes.ts";
import { STACK_SECRET } from "../pulumi/stack-file.ts";
import { JarBroker, type JarBrokerOptions } from "../kafka/jar-broker.ts";
import type { Login, ScramMechanism } from "../kafka/running-broker.ts";
import { adminOf, loginOptions } from "../kafka/kafka-clients.ts";

/** A topic as declared, with its name. */
export type NamedTopic = TopicDeclaration & { readonly name: string };

export const MECHANISMS = ["SCRAM-SHA-512", "SCRAM-SHA-256"] as const;

/** The login of an account by one of its two slots, each with a password of its own. */
export function loginOf(username: string, mechanism: ScramMechanism): Login {
  const purpose = credentialPurpose(username, { mechanism, generation: 1 });
  return { username, mechanism, password: derivePassword(STACK_SECRET, purpose) };
}

/** A broker with what the program would declare in it, both credential slots of everybody set. */
export async function accessCluster(
  topics: readonly NamedTopic[],
  accounts: readonly Access[],
  options?: JarBrokerOptions,
): Promise<JarBroker> {
  const broker = await JarBroker.start(options);
  const admin = await adminOf(broker);
  try {
    const created = topics.map((topic) => {
      const { config, ...spec } = topicSpec(topic, "dev");
      return { name: topic.name, ...spec, configs: config };
    });
    const logins = accounts.flatMap(({ username }) =>
      MECHANISMS.map((mechanism) => ({ ...loginOf(username, mechanism), mechanism })),
    );
    expectDone(await admin.createTopics(created));
    expectDone(await admin.upsertScramCredentials(logins.map(cheap)));
    const entries = accounts.flatMap(compileGrants).map(({ entry }) => toBinding(entry));
    expectDone(await admin.createAcls(entries));
  } finally {
    await admin.close();
  }
  return broker;
}

/**
 * Waits until groups and transactions have a coordinator: Kafka makes the topics in which they are
 * kept when they are first asked for.
 */
export async function untilCoordinated(broker: JarBroker): Promise<void> {
  const link = new BrokerLink(loginOptions(broker));
  const probes = [...GROUP_PROBES, ...TRANSACTION_PROBES];
  try {
    for (const [keyType, key] of [GROUP, TRANSACTION].entries()) {
      await send(link, findCoordinatorV6.api, keyType, [key]);
    }
    for (const { resourceType, allowed, ask } of probes) {
      const key = resourceType === "Group" ? GROUP : TRANSACTION;
      while (!allowed.includes((await ask(link, [key])).join())) await sleep(20);
    }
  } finally {
    await link.close();
  }
}

const GROUP = "first-group";
const TRANSACTION = "first-transaction";

/** Kafka's least iterations: the test logs in some hundred times. */
const cheap = <T extends Login>(login: T) => ({ ...login, iterations: 4096 });

function expectDone(outcomes: readonly Outcome[]): void {
  const failed = outcomes.find((outcome) => outcome !== undefined);
  if (failed) throw failed;
}
