/**
 * The prod stack as its users have it, on a real Kubernetes: put up, looked at, changed by hand,
 * removed. The tests build on each other, in order.
 */
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { createCertificateAuthority } from "../../cli/credentials/certificate-authority.ts";
import type { Finished } from "../support/project/checkout.ts";
import {
  type ClientConfig,
  confluent,
  installConfluentClient,
} from "../support/kafka/confluent-client.ts";
import { consoleTool } from "../support/kafka/kafka-tool.ts";
import { PlatformStack } from "./support/platform-stack.ts";
import { importUiStandIn, removeUiStandIn, UI_IMAGE } from "./support/ui-image.ts";

/** From nothing, images present, on two idle cores. */
const WANTED_SECONDS = 90;
/** That much on a busy machine. */
const LONG = { timeout: 900_000 };

const cluster = inject("cluster");
const stack = new PlatformStack({ cluster, name: "kafka-test", port: 30192 });
let started: Finished;

describe("the prod stack on Kubernetes", () => {
  beforeAll(async () => {
    if (cluster.lab === undefined) return;
    installConfluentClient();
    await importUiStandIn();
    await stack.begin({ image: UI_IMAGE });
  });

  beforeEach(({ skip }) => {
    skip(cluster.lab === undefined, "KUBECONFIG names another cluster");
  });

  afterAll(async () => {
    if (cluster.lab === undefined) return;
    await stack.end();
    removeUiStandIn();
  });

  it("makes nothing while Kubernetes lacks what it needs, and names all of that", async () => {
    const taken = ["service", "nodeport", "takes-a-port", "--namespace", "default"];
    await stack.kubectl("create", ...taken, "--tcp=80", "--node-port=30193");
    try {
      stack.set("storage", { class: "none-such", size: "1 GiB" });
      stack.set("spread", "required");
      const refused = await stack.run("start");
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain(
        [
          "Kubernetes (context lab) is not ready for the cluster:",
          '  - there is no storage class "none-such"; there are: lab-local, lab-local-retain',
          '  - spread "required" wants a node for each of the 3 brokers; 1 accept pods.',
        ].join("\n"),
      );
      expect(refused.stderr).toContain(
        "  - NodePort 30193 is taken by Service default/takes-a-port\n",
      );
      await expect(stack.kubectl("get", "namespace", stack.namespace)).rejects.toThrow("not found");
    } finally {
      stack.set("storage", { class: "lab-local", size: "1 GiB" });
      stack.set("spread", "preferred");
      await stack.kubectl("delete", "service", "takes-a-port", "--namespace", "default");
    }
  });

  it("goes up in one run, and ends by saying where it is", LONG, async () => {
    const began = performance.now();
    started = await stack.run("start");
    const took = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`from nothing to everything declared: ${took} s, wanted ${WANTED_SECONDS} s`);
    expect(started.code, started.stderr).toBe(0);
    expect(started.stderr).toContain("warning: the embedded engine is for trials and tests");
    expect(started.stderr).toMatch(/^up kafka-test: succeeded, 2\d\d created, \d+ unchanged \(/m);
    expect(started.stdout).toContain("Kafka is up: stack kafka-test");
    expect(started.stdout).toContain(`${stack.addresses.join(",")}   (SASL_SSL, SCRAM-SHA-512)`);
  });

  it("changes nothing when it is started again, and a preview says so", async () => {
    const again = await stack.succeed("start");
    expect(again.stderr).toMatch(/^up kafka-test: succeeded, \d+ unchanged/m);
    const { stdout } = await stack.run("preview", "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({ stack: "kafka-test", changes: [] });
  });

  it("runs three brokers on their own volumes, as the restricted standard wants them", async () => {
    const pods = await stack.kubectl(
      ...["get", "pods", "--selector", "app.kubernetes.io/component=broker"],
      ...["--output", "jsonpath={range .items[*]}{.metadata.name} {.status.phase}{'\\n'}{end}"],
    );
    expect(pods).toBe("kafka-0 Running\nkafka-1 Running\nkafka-2 Running\n");
    const claims = await stack.kubectl("get", "pvc", "--output", "name");
    expect(claims.trim().split("\n")).toEqual(
      [0, 1, 2].map((broker) => `persistentvolumeclaim/data-kafka-${String(broker)}`),
    );
    const standard = `jsonpath={.metadata.labels.pod-security\\.kubernetes\\.io/enforce}`;
    expect(await stack.kubectl("get", "namespace", stack.namespace, "--output", standard)).toBe(
      "restricted",
    );
  });

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

  it("lets a client in over TLS, to produce at every broker, and another to read it all", async () => {
    const producer = { config: await stack.as("shop-backend"), topic: "transactions" } as const;
    const { leaders = [] } = await confluent({ action: "spread", ...producer });
    expect([...new Set(leaders)].toSorted()).toEqual(stack.addresses);
    const records = Array.from({ length: 200 }, (_, at) => `purchase ${String(at)}`);
    const produced = await confluent({ action: "produce", ...producer, records });
    expect(produced).toEqual({ produced: 200 });
    const consumed = await confluent({
      action: "consume",
      config: await stack.as("spark-streaming"),
      topic: "transactions",
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
      topic: "transactions",
      records: ["x"],
    });
    expect(produced.error).toBe("TOPIC_AUTHORIZATION_FAILED");
    const counted = await confluent({
      action: "count",
      config: await stack.as("shop-dashboards"),
      topic: "transactions",
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
      const refused = await confluent({ action: "count", config, topic: "transactions", group });
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
      ["--describe", "--topic", "transactions"],
    );
    expect(described).toContain("PartitionCount: 6\tReplicationFactor: 3");
    expect(described).toContain("min.insync.replicas=2");
    expect(described.match(/Replicas: \d,\d,\d\s/g)).toHaveLength(6);
  });

  it("hands every account a Secret that a pod connects with", async () => {
    const secret = await stack.kubectl(
      ...["get", "secret", "kafka-account-spark-streaming", "--output", "json"],
    );
    const { data } = JSON.parse(secret) as { data: Record<string, string> };
    const properties = Buffer.from(data["client.properties"] ?? "", "base64").toString();
    const bootstrap = `kafka-bootstrap.${stack.namespace}.svc.cluster.local:9092`;
    expect(properties).toContain(`\nbootstrap.servers=${bootstrap}\n`);
    expect(properties).toContain("\nsecurity.protocol=SASL_SSL\n");
    const listed = await stack.inBroker(
      0,
      "cat >/tmp/client.properties && KAFKA_OPTS= KAFKA_HEAP_OPTS=-Xmx64m kafka-topics.sh --list " +
        `--bootstrap-server ${bootstrap} --command-config /tmp/client.properties; rm /tmp/client.properties`,
      properties,
    );
    expect(listed.trim().split("\n")).toEqual([
      ...["analytics-results", "fraud-alerts", "product-updates", "transactions", "user-events"],
    ]);
  });

  it("shows no secret in what the commands say, in pods, or in ConfigMaps", async () => {
    const { admin, accounts } = await stack.outputs();
    const passwords = [admin, ...Object.values(accounts)].map(({ password }) => password);
    const places = {
      output: started.stdout + started.stderr,
      objects: await stack.kubectl("get", "pods,configmaps,statefulset,events", "-o", "yaml"),
      log: await stack.kubectl("logs", "kafka-0"),
    };
    for (const text of Object.values(places)) {
      for (const password of passwords) expect(text).not.toContain(password);
      expect(text).not.toMatch(/PRIVATE KEY|storedkey/i);
    }
  });

  it("sees in a refresh what was changed by hand, and the next start mends that alone", async () => {
    const patch = JSON.stringify({ spec: { maxUnavailable: 2 } });
    await stack.kubectl("patch", "pdb", "kafka", "--type", "merge", "--patch", patch);
    const label = "app.kubernetes.io/part-of=somebody-else";
    await stack.kubectl("label", "--overwrite", "service", "kafka-bootstrap", label);

    const refreshed = await stack.succeed("refresh");
    expect(refreshed.stdout.trim().split("\n").toSorted()).toEqual([
      "~ kubernetes:PodDisruptionBudget kafka-budget  [spec]",
      "~ kubernetes:Service kafka-bootstrap  [metadata]",
    ]);
    expect(refreshed.stderr).toMatch(/^refresh kafka-test: succeeded, 2 changed outside/m);
    const mended = await stack.succeed("start");
    expect(mended.stderr).toMatch(/^up kafka-test: succeeded, 2 updated, \d+ unchanged/m);
    const budget = ["get", "pdb", "kafka", "--output", "jsonpath={.spec.maxUnavailable}"];
    expect(await stack.kubectl(...budget)).toBe("1");
    expect((await stack.succeed("refresh")).stderr).toMatch(/: succeeded, \d+ unchanged/m);
  });

  it("leaves nothing when it is destroyed", async () => {
    await stack.succeed("destroy", "--yes");
    expect(await stack.volumes()).toEqual([]);
    expect(await stack.kubectl("get", "all,pvc,configmap,secret", "--output", "name")).toBe("");
    await expect(stack.kubectl("get", "namespace", stack.namespace)).rejects.toThrow(
      `namespaces "${stack.namespace}" not found`,
    );
    const gone = await stack.run("outputs");
    expect(gone.code).toBe(1);
    expect(gone.stderr).toContain("Stack kafka-test is not up");
  });
});
