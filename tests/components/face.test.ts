import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import {
  DockerBroker,
  kafkaProvider,
  ManagedTopic,
  ServiceAccount,
} from "../../components/index.ts";
import { ofType, optionsOf, record } from "../support/pulumi/recorder.ts";
import { STACK_SECRET } from "../support/pulumi/stack-file.ts";

/** Another program than this one: a broker, a topic and an account, and nothing said that has a default. */
function anotherProgram(): { broker: DockerBroker; account: ServiceAccount } {
  const stackSecret = pulumi.secret(STACK_SECRET);
  const broker = new DockerBroker(
    "broker",
    {
      name: "shop",
      memory: 2 ** 30,
      image: { context: "images/kafka", contextHash: "0123456789abcdef" },
      stackSecret,
    },
    { provider: new docker.Provider("docker", {}) },
  );
  const inKafka = { provider: kafkaProvider(broker), deletedWith: broker.dataVolume };
  new ManagedTopic(
    "orders",
    {
      topicName: "orders",
      spec: { partitions: 6, replicationFactor: 1, config: { "min.insync.replicas": "1" } },
      owner: "shop",
      description: "Orders as they are placed.",
      classification: "internal",
      guarded: false,
    },
    inKafka,
  );
  const account = new ServiceAccount(
    "billing",
    {
      username: "billing",
      grants: { consumes: [{ topics: ["orders"], group: "billing" }] },
      stackSecret,
    },
    inKafka,
  );
  return { broker, account };
}

test("another program makes a broker, a topic and an account with the face of the components alone", async () => {
  let made: ReturnType<typeof anotherProgram> | undefined;
  const recorded = await record(() => {
    made = anotherProgram();
  });
  expect(made?.broker.bootstrapServers).toEqual(["127.0.0.1:9092"]);
  expect(made?.broker.metricsUrls).toEqual(["http://127.0.0.1:9404/metrics"]);
  expect(made?.account.consumerGroups).toEqual(["billing"]);
  const image = ofType(recorded, "docker:index/remoteImage:RemoteImage")["broker-image"];
  expect(image?.inputs["build"]).toMatchObject({ buildArgs: { BASE_IMAGE: "apache/kafka:4.3.1" } });
  const provider = ofType(recorded, "pulumi:providers:kafka")["kafka"];
  expect(provider?.inputs).toMatchObject({ saslMechanism: "scram-sha512", saslUsername: "admin" });
  const topic = ofType(recorded, "kafka:index/topic:Topic")["orders"];
  expect(topic?.inputs).toMatchObject({ name: "orders", partitions: 6, replicationFactor: 1 });
  const acls = ofType(recorded, "kafka:index/acl:Acl");
  expect(Object.values(acls).map(({ inputs }) => inputs["aclPrincipal"])).toContain("User:billing");
  for (const { type, name } of recorded.filter(({ type }) => /:(topic|access):/.test(type))) {
    const one = ofType(recorded, type)[name];
    expect(one && optionsOf(one).deletedWith).toBe("docker:index/volume:Volume broker-data");
  }
});
