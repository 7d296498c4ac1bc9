import { afterAll, beforeAll, expect, test } from "vitest";

import { BrokerLink } from "../../../clients/kafka/broker-link.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "../../../topics/index.ts";
import {
  accessCluster,
  loginOf,
  MECHANISMS,
  untilCoordinated,
} from "../../support/access/access-cluster.ts";
import {
  askForProducerId,
  CLUSTER_PROBES,
  GROUP_PROBES,
  TRANSACTION_PROBES,
} from "../../support/access/access-probes.ts";
import { mayFromHere, resources, subjects, workOf } from "../../support/access/access-subjects.ts";
import {
  confluentWork,
  installConfluentClient,
  scramConfig,
} from "../../support/kafka/confluent-client.ts";
import type { JarBroker } from "../../support/kafka/jar-broker.ts";
import { loginOptions } from "../../support/kafka/kafka-clients.ts";
import { TOPIC_PROBES } from "../../support/kafka/topic-probes.ts";

const catalogue = loadCatalogue(DECLARATIONS);
const topics = catalogue.topics.map(({ name }) => name);
const accounts = subjects(catalogue);
const names = resources(accounts, topics);
const PROBES = [...TOPIC_PROBES, ...GROUP_PROBES, ...TRANSACTION_PROBES, ...CLUSTER_PROBES];

/** What the broker says to whoever has no right. */
const REFUSED = {
  Topic: "TOPIC_AUTHORIZATION_FAILED",
  Group: "GROUP_AUTHORIZATION_FAILED",
  TransactionalID: "TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
  Cluster: "CLUSTER_AUTHORIZATION_FAILED",
} as const;

let broker: JarBroker;
const asked = { allowed: 0, refused: 0 };

beforeAll(async () => {
  installConfluentClient();
  broker = await accessCluster(catalogue.topics, accounts);
  await untilCoordinated(broker);
});
afterAll(async () => {
  await broker.destroy();
  const { allowed, refused } = asked;
  console.log(
    `${accounts.length} accounts by ${MECHANISMS.length} logins: ${allowed + refused} pairs of ` +
      `account and right checked, ${allowed} of them allowed and ${refused} refused`,
  );
});

const matrix = accounts.flatMap((account) =>
  MECHANISMS.map((mechanism) => ({ ...account, mechanism })),
);

test.each(matrix)(
  "$username, by $mechanism, may do what is declared and nothing else",
  async ({ mechanism, ...account }) => {
    const link = new BrokerLink(loginOptions(broker, loginOf(account.username, mechanism)));
    const wrong: string[] = [];
    let isProducer = false;
    for (const { resourceType, operation, allowed, ask } of PROBES) {
      const answers = await ask(link, names[resourceType]);
      for (const [index, resourceName] of names[resourceType].entries()) {
        const declared = mayFromHere(account, { resourceType, operation, resourceName });
        const wanted = declared ? allowed : [REFUSED[resourceType]];
        const answer = answers[index] ?? "nothing";
        asked[declared ? "allowed" : "refused"] += 1;
        isProducer ||= declared && resourceType === "Topic" && operation === "Write";
        if (!wanted.includes(answer)) {
          wrong.push(
            `${operation} ${resourceType} ${resourceName}: ${answer}, wanted ${wanted.join(" or ")}`,
          );
        }
      }
    }
    expect(wrong).toEqual([]);
    // Since Kafka 3.0 whoever may write to any topic may do so idempotently.
    expect(await askForProducerId(link)).toBe(isProducer ? "NONE" : REFUSED.Cluster);
    await link.close();
  },
);

test.each(MECHANISMS)("librdkafka does what every account declares, by %s", async (mechanism) => {
  const work = catalogue.accounts.map(({ name, grants }) => {
    const { password } = loginOf(name, mechanism);
    const config = scramConfig(broker.bootstrapServer, name, password, mechanism);
    return { config, ...workOf(grants, topics) };
  });
  const failures = await confluentWork(work);
  expect(catalogue.accounts.map(({ name }, index) => [name, failures[index]])).toEqual(
    catalogue.accounts.map(({ name }) => [name, []]),
  );
});
