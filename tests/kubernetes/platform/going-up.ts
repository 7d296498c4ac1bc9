import { expect, it } from "vitest";
import { CLIENT, first, LONG, stack } from "./stack.ts";

/** From nothing, images present, on two idle cores. */
const WANTED_SECONDS = 90;

export function goingUp(): void {
  it("makes nothing while Kubernetes lacks what it needs, and names all of that", async () => {
    const taken = ["service", "nodeport", "takes-a-port", "--namespace", "default"];
    await stack.kubectl("create", ...taken, "--tcp=80", "--node-port=30193");
    try {
      stack.set("storage", { class: "none-such", size: "1 GiB" });
      stack.set("spread", "required");
      stack.set("accountNamespaces", { [CLIENT.account]: CLIENT.namespace });
      const refused = await stack.run("start");
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain(
        [
          "Kubernetes (context lab) is not ready for the cluster:",
          `  - namespace ${CLIENT.namespace} does not exist; cluster.accountNamespaces puts Secrets there, so make it first`,
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
      await stack.kubectl("create", "namespace", CLIENT.namespace);
      await stack.kubectl("delete", "service", "takes-a-port", "--namespace", "default");
    }
  });

  it("goes up in one run, and ends by saying where it is", LONG, async () => {
    const began = performance.now();
    const started = await stack.run("start");
    const took = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`from nothing to everything declared: ${took} s, wanted ${WANTED_SECONDS} s`);
    first.start = started;
    expect(started.code, started.stderr).toBe(0);
    expect(started.stderr).toContain("warning: the embedded engine is for trials and tests");
    expect(started.stderr).toMatch(/^up kafka-test: succeeded, \d{3} created, \d+ unchanged \(/m);
    expect(started.stdout).toContain("Kafka is up: stack kafka-test");
    expect(started.stdout).toContain(`${stack.addresses.join(",")}   (SASL_SSL, SCRAM-SHA-512)`);
  });

  it("changes nothing when it is started again, and a preview says so", async () => {
    const again = await stack.succeed("start");
    expect(again.stderr).toMatch(/^up kafka-test: succeeded, \d+ unchanged/m);
    const { stdout } = await stack.run("preview", "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({ stack: "kafka-test", changes: [] });
  });

  it("runs three brokers and what watches them on volumes of their own, as the restricted standard wants them", async () => {
    const pods = await stack.kubectl(
      ...["get", "pods", "--selector", "app.kubernetes.io/component=broker"],
      ...["--output", "jsonpath={range .items[*]}{.metadata.name} {.status.phase}{'\\n'}{end}"],
    );
    expect(pods).toBe("kafka-0 Running\nkafka-1 Running\nkafka-2 Running\n");
    const claims = await stack.kubectl("get", "pvc", "--output", "name");
    expect(claims.trim().split("\n").toSorted()).toEqual(
      ["0", "1", "2", "alertmanager-0", "prometheus-0"].map(
        (pod) => `persistentvolumeclaim/data-kafka-${pod}`,
      ),
    );
    const standard = `jsonpath={.metadata.labels.pod-security\\.kubernetes\\.io/enforce}`;
    expect(await stack.kubectl("get", "namespace", stack.namespace, "--output", standard)).toBe(
      "restricted",
    );
  });
}
