import path from "node:path";
import { describe, expect, it } from "vitest";
import { createCertificateAuthority } from "../../../cli/credentials/certificate-authority.ts";
import { type ClientConfig, confluent } from "../../support/kafka/confluent-client.ts";
import { consoleTool } from "../../support/kafka/kafka-tool.ts";
import { applyObjects } from "../support/kubectl.ts";
import { askPrometheus } from "../support/prometheus.ts";
import { CLIENT, cluster, first, stack, TOPIC } from "./stack.ts";

export function clients(): void {
  it("gives the UI a login that lists topics and may not create one, and the metrics", async () => {
    const page = (path: string) =>
      stack.kubectl(
        ...["get", "--raw"],
        `/api/v1/namespaces/${stack.namespace}/services/kafka-ui:http/proxy/${path}`,
      );
    expect((await page("topics")).split("\n")).toContain("transactions");
    expect(await page("create")).toContain("Authorization failed");
    expect(await page("metrics")).toContain("kafka_server_");
  });

  it("lets Prometheus read every broker, and tell Alertmanager, in pods that are restricted", async () => {
    await expect
      .poll(() => askPrometheus(stack, "targets?state=active"), { timeout: 60_000 })
      .toMatchObject({
        activeTargets: expect.arrayContaining(
          ["0", "1", "2"].map(
            (broker) =>
              expect.objectContaining({
                health: "up",
                labels: expect.objectContaining({
                  job: "kafka",
                  cluster: "kafka",
                  broker,
                }) as object,
              }) as object,
          ),
        ) as object,
      });
    expect(await askPrometheus(stack, "alertmanagers")).toMatchObject({
      activeAlertmanagers: [
        {
          url: `http://kafka-alertmanager.${stack.namespace}.svc.cluster.local:9093/api/v2/alerts`,
        },
      ],
    });
  });

  it("lets a client in over TLS, to produce at every broker, and another to read it all", async () => {
    const producer = { config: await stack.as("shop-backend"), topic: TOPIC } as const;
    const { leaders = [] } = await confluent({ action: "spread", ...producer });
    expect([...new Set(leaders)].toSorted()).toEqual(stack.addresses);
    const records = Array.from({ length: 200 }, (_, at) => `purchase ${String(at)}`);
    const produced = await confluent({ action: "produce", ...producer, records });
    expect(produced).toEqual({ produced: 200 });
    const consumed = await confluent({
      action: "consume",
      config: await stack.as("spark-streaming"),
      topic: TOPIC,
      group: "spark-streaming",
      count: leaders.length + records.length,
    });
    const marked = leaders.map((_, partition) => `partition ${String(partition)}`);
    expect(consumed.values?.toSorted()).toEqual([...records, ...marked].toSorted());
  });

  it("lets no client do what its account was not given", async () => {
    const produced = await confluent({
      action: "produce",
      config: await stack.as("spark-streaming"),
      topic: TOPIC,
      records: ["x"],
    });
    expect(produced.error).toBe("TOPIC_AUTHORIZATION_FAILED");
    const counted = await confluent({
      action: "count",
      config: await stack.as("shop-dashboards"),
      topic: TOPIC,
      group: "shop-dashboards",
    });
    expect(counted.error).toBe("TOPIC_AUTHORIZATION_FAILED");
  });

  describe.concurrent("lets nobody in with", () => {
    it.each<[string, (valid: ClientConfig) => ClientConfig | Promise<ClientConfig>, string[]]>([
      [
        "a wrong password",
        (valid) => ({ ...valid, "sasl.password": "wrong" }),
        ["_AUTHENTICATION"],
      ],
      ["a login without TLS", (valid) => ({ ...valid, "security.protocol": "SASL_PLAINTEXT" }), []],
      ["neither TLS nor login", (valid) => ({ ...valid, "security.protocol": "PLAINTEXT" }), []],
      ["TLS without a login", (valid) => ({ ...valid, "security.protocol": "SSL" }), []],
      [
        "trust in another authority",
        async (valid) => {
          const { certificate } = await createCertificateAuthority("another", new Date());
          return { ...valid, "ssl.ca.pem": certificate };
        },
        ["_SSL"],
      ],
    ])("%s", async (_, change, events) => {
      const config = await change(await stack.as("shop-backend"));
      const group = "unused";
      const refused = await confluent({ action: "count", config, topic: TOPIC, group });
      expect(refused.error).toMatch(/^_(TRANSPORT|TIMED_OUT)$/);
      expect(refused.events).toEqual(expect.arrayContaining(events));
    });
  });

  it("writes a client file that Kafka's own tools connect with", async () => {
    await stack.succeed("client", "tda_monitor", "--out", stack.checkout.folder);
    const client = path.join(stack.checkout.folder, "tda_monitor.client.properties");
    const described = await consoleTool(
      "org.apache.kafka.tools.TopicCommand",
      { bootstrap: stack.addresses.join(","), client },
      ["--describe", "--topic", TOPIC],
    );
    expect(described).toContain("PartitionCount: 6\tReplicationFactor: 3");
    expect(described).toContain("min.insync.replicas=2");
    expect(described.match(/Replicas: \d,\d,\d\s/g)).toHaveLength(6);
  });

  it("hands every account a Secret, where its pods are, that a pod connects with", async () => {
    const { account, namespace } = CLIENT;
    const secret = `kafka-account-${account}`;
    await expect(stack.kubectl("get", "secret", secret)).rejects.toThrow("not found");
    expect(await stack.kubectl("get", "secret", "kafka-account-shop-backend", "-o", "name")).toBe(
      "secret/kafka-account-shop-backend\n",
    );
    const bootstrap = `kafka-bootstrap.${stack.namespace}.svc.cluster.local:9092`;
    const login = "/etc/kafka-login";
    const tool = `kafka-topics.sh --list --bootstrap-server ${bootstrap} --command-config ${login}/client.properties`;
    const pod = {
      ...{ apiVersion: "v1", kind: "Pod", metadata: { name: "client", namespace } },
      spec: {
        ...{ restartPolicy: "Never", terminationGracePeriodSeconds: 0 },
        containers: [
          {
            ...{ name: "client", image: stack.imageReference },
            command: ["bash", "-c", `KAFKA_HEAP_OPTS=-Xmx64m ${tool}`],
            volumeMounts: [{ name: "login", mountPath: login, readOnly: true }],
          },
        ],
        volumes: [{ name: "login", secret: { secretName: secret } }],
      },
    };
    const there = ["--namespace", namespace];
    await applyObjects(cluster, [pod]);
    const done = "--for=jsonpath={.status.phase}=Succeeded";
    await stack.kubectl("wait", "pod/client", ...there, done, "--timeout=120s");
    const listed = await stack.kubectl("logs", "client", ...there);
    expect(listed.trim().split("\n")).toEqual([
      ...["analytics-results", "fraud-alerts", "product-updates", TOPIC, "user-events"],
    ]);
  });

  it("shows no secret in what the commands say, in pods, or in ConfigMaps", async () => {
    const { admin, accounts } = await stack.outputs();
    const passwords = [admin, ...Object.values(accounts)].map(({ password }) => password);
    const places = {
      output: first.start.stdout + first.start.stderr,
      objects: await stack.kubectl("get", "pods,configmaps,statefulset,events", "-o", "yaml"),
      log: await stack.kubectl("logs", "kafka-0"),
    };
    for (const text of Object.values(places)) {
      for (const password of passwords) expect(text).not.toContain(password);
      expect(text).not.toMatch(/PRIVATE KEY|storedkey/i);
    }
  });
}
