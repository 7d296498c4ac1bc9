import { strict as assert } from "node:assert";
import { KAFKA_METADATA_VERSION, KAFKA_VERSION } from "../../../model/broker/versions.ts";
import { fromRunbook, UP } from "../../kubernetes/support/runbook.ts";
import { BROKERS } from "../brokers.ts";
import type { ClusterUnderTest } from "../cluster.ts";
import { imageOnKafka } from "../injection/images.ts";
import type { Scenario } from "../scenario.ts";

const OLDER = { kafkaVersion: "4.2.1", metadataVersion: "4.2" };

async function begin(cluster: ClusterUnderTest, image?: string): Promise<void> {
  await cluster.prepare(image);
  await up(cluster, await imageOnKafka(cluster.stack.image, OLDER.kafkaVersion), OLDER);
}

/** To Kafka of that version, with the runbook's command. */
async function up(cluster: ClusterUnderTest, image: string, versions: typeof OLDER): Promise<void> {
  const { stack } = cluster;
  for (const [entry, value] of Object.entries({ image, ...versions })) stack.set(entry, value);
  await stack.succeed(...fromRunbook("upgrade-kafka", UP));
  await cluster.healthy();
  assert.deepEqual(
    await versionsRunning(cluster),
    BROKERS.map(() => versions.kafkaVersion),
  );
}

/** As docs/runbooks/upgrade-kafka.md has it. */
export const upgradeImage: Scenario = {
  name: "upgrade-image",
  title: `Kafka ${OLDER.kafkaVersion} upgraded to ${KAFKA_VERSION}, taken back and upgraded again, then the version of the metadata`,
  kind: "planned",
  begin,
  async run(cluster) {
    const { stack } = cluster;
    const told = () => stack.kubectl("logs", "job/kafka-metadata-version");
    const newer = { ...OLDER, kafkaVersion: KAFKA_VERSION };
    const [image, older] = [stack.imageReference, await runningImage(cluster)];
    await up(cluster, image, newer);
    await up(cluster, older, OLDER);
    await up(cluster, image, newer);
    assert.match(await told(), /the metadata has version 29 \(4\.2\) already/);

    stack.set("metadataVersion", KAFKA_METADATA_VERSION);
    await stack.succeed(...fromRunbook("upgrade-kafka", UP));
    await cluster.healthy();
    assert.match(await told(), /the metadata has version 30 \(4\.3\); before: 29/);

    const pods = await cluster.podIds();
    stack.set("kafkaVersion", OLDER.kafkaVersion);
    const { code, stderr } = await stack.run("start");
    stack.set("kafkaVersion", KAFKA_VERSION);
    assert.equal(code, 1, "a Kafka that does not know the metadata is not refused");
    assert.match(stderr, /at most 4\.2, what Kafka 4\.2\.1 knows/);
    assert.deepEqual(
      await cluster.podIds(),
      pods,
      "the downgrade that was refused restarts brokers",
    );
    return [];
  },
};

const runningImage = ({ stack }: ClusterUnderTest): Promise<string> =>
  stack.kubectl(
    ...["get", "statefulset", "kafka"],
    ...["--output", "jsonpath={.spec.template.spec.containers[0].image}"],
  );

/** Kafka's version in each broker, by the jar that is there. */
const versionsRunning = ({ stack }: ClusterUnderTest): Promise<string[]> =>
  Promise.all(
    BROKERS.map(async (broker) => {
      const jar = await stack.inBroker(broker, "ls /opt/kafka/libs/kafka_2.13-*.jar");
      return /kafka_2\.13-(.*)\.jar/.exec(jar)?.[1] ?? jar;
    }),
  );
