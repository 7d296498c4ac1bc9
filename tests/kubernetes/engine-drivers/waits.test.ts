import { describe, expect, test } from "vitest";
import type { Properties, ResourceState } from "../../../engine/drivers/driver.ts";
import { failureOf, recordingContext } from "../../support/pulumi/driver-run.ts";
import { KubernetesFixture } from "../../support/kubernetes/kubernetes-fixture.ts";

const cluster = new KubernetesFixture("kp-drv-waits");
const { namespace } = cluster;

const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  runAsUser: 1000,
  seccompProfile: { type: "RuntimeDefault" },
};

function container(more: Properties = {}): Properties {
  return {
    name: "main",
    image: cluster.image,
    imagePullPolicy: "IfNotPresent",
    securityContext: RESTRICTED,
    resources: { requests: { cpu: "0.001", memory: "16Mi" }, limits: { memory: "16384Ki" } },
    ...more,
  };
}

function workload(name: string, pod: Properties, spec: Properties = {}): Properties {
  const labels = { app: name };
  return {
    metadata: cluster.metadata(name),
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      ...spec,
      template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 1, ...pod } },
    },
  };
}

const set = (name: string, more: Properties = {}, spec: Properties = {}): Properties =>
  workload(
    name,
    { containers: [container(more)] },
    { serviceName: name, podManagementPolicy: "Parallel", ...spec },
  );

const failing = (kind: string, inputs: Properties, timeoutSeconds = 60): Promise<string> =>
  failureOf(cluster.create(kind, inputs, { ...recordingContext(), timeoutSeconds }));

describe("a rollout", () => {
  for (const kind of ["StatefulSet", "Deployment"]) {
    test(`of a ${kind} is waited for to the end, and so is its deletion`, async () => {
      const name = `roll-${kind.toLowerCase()}`;
      const own = kind === "StatefulSet" ? { serviceName: name } : {};
      const at = (version: string): Properties =>
        workload(name, { containers: [container({ env: [{ name: "V", value: version }] })] }, own);
      const recording = recordingContext();
      const state = await cluster.create(kind, at("1"), recording);
      expect(recording.lines.at(-1)).toContain(" of 2 pods ready");
      expect(await cluster.read(kind, state)).toEqual(state);
      const rolled = await cluster.update(kind, state, at("2"));
      const pods = await cluster.api.list("Pod", { namespace, labelSelector: `app=${name}` });
      const versions = pods
        .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
        .map((pod) => (pod["spec"] as { containers: { env: unknown }[] }).containers[0]?.env);
      expect(versions).toEqual([[{ name: "V", value: "2" }], [{ name: "V", value: "2" }]]);
      await cluster.delete(kind, rolled);
      expect(await cluster.api.list("Pod", { namespace, labelSelector: `app=${name}` })).toEqual(
        [],
      );
    });
  }

  test("stops early at an image that is not there, and heals when it is back", async () => {
    const good = set("image");
    const state = await cluster.create("StatefulSet", good);
    const bad = cluster.update(
      "StatefulSet",
      state,
      set("image", { image: "nowhere.invalid/x:1" }),
    );
    const started = performance.now();
    expect(await failureOf(bad)).toMatch(
      new RegExp(
        `^StatefulSet ${namespace}/image did not become ready: image-1: container main: (ErrImagePull|ImagePullBackOff)`,
      ),
    );
    expect(performance.now() - started).toBeLessThan(60_000);
    await cluster.update("StatefulSet", state, good);
  });

  test("stops early at a container that cannot start", async () => {
    const never = set("never", { image: "nowhere.invalid/x:1", imagePullPolicy: "Never" });
    expect(await failing("StatefulSet", never)).toContain("container main: ErrImageNeverPull");
    const from = { secretKeyRef: { name: "missing", key: "k" } };
    const config = set("config", { env: [{ name: "S", valueFrom: from }] });
    expect(await failing("StatefulSet", config)).toContain(
      'container main: CreateContainerConfigError: secret "missing" not found',
    );
  });

  test("stops early when pod security forbids the pods", async () => {
    const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
    const own = await cluster.create("Namespace", { metadata: { name: "kp-drv-strict", labels } });
    const metadata = { name: "strict", namespace: "kp-drv-strict" };
    const root = set("strict", { securityContext: {} });
    expect(await failing("StatefulSet", { ...root, metadata })).toMatch(
      /did not become ready: its pods cannot be created: .*violates PodSecurity "restricted/s,
    );
    await cluster.delete("Namespace", own);
  });

  test("stops early when the quota is used up", async () => {
    const quota = {
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name: "q", namespace },
      spec: { hard: { "requests.cpu": "1" } },
    };
    await cluster.api.apply(quota, { fieldManager: "test" });
    const resources = { requests: { cpu: "2" } };
    expect(await failing("StatefulSet", set("quota", { resources }))).toContain(
      "exceeded quota: q",
    );
    await cluster.api.delete({ kind: "ResourceQuota", namespace, name: "q" });
  });

  test("says what it waits for when its time is up", async () => {
    const nodeSelector = { "kp-drv/no": "such-node" };
    const pod = { containers: [container()], nodeSelector };
    const inputs = workload("nowhere", pod, { serviceName: "nowhere" });
    expect(await failing("StatefulSet", inputs, 3)).toMatch(
      /not within 3 s: 0 of 2 pods ready; nowhere-0: no node can take it: .*node\(s\) didn't match/,
    );
  });
});

describe("a claim", () => {
  const claim = (name: string, storageClassName?: string): Properties => ({
    metadata: cluster.metadata(name),
    spec: {
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "1024Ki" } },
      ...(storageClassName !== undefined && { storageClassName }),
    },
  });

  test("that waits for its first pod is done, and bound by it", async () => {
    const state = await cluster.create("PersistentVolumeClaim", claim("data-adopt-0"));
    const { spec, ...rest } = set("adopt", {}, { replicas: 1 }) as Record<string, Properties>;
    const template = { ...(claim("data")["spec"] as Properties) };
    const adopting = {
      ...rest,
      spec: {
        ...spec,
        volumeClaimTemplates: [{ metadata: { name: "data" }, spec: template }],
      },
    } as Properties;
    const adopted = await cluster.create("StatefulSet", adopting);
    expect(await cluster.read("StatefulSet", adopted)).toEqual(adopted);
    expect(await cluster.read("PersistentVolumeClaim", state)).toEqual(state);
    await cluster.delete("StatefulSet", adopted);
    await cluster.delete("PersistentVolumeClaim", state);
  });

  test("of a class there is not fails at once, with those there are", async () => {
    expect(await failing("PersistentVolumeClaim", claim("lost", "kp-drv-no-class"))).toMatch(
      /did not become ready: there is no storage class "kp-drv-no-class"; there are: "/,
    );
  });
});

describe("a job", () => {
  test("that fails says why", async () => {
    const command = ["/no-such-program"];
    const pod = { restartPolicy: "Never", containers: [container({ command })] };
    const template = { metadata: { labels: { app: "job" } }, spec: pod };
    const job: Properties = {
      metadata: cluster.metadata("job"),
      spec: { backoffLimit: 0, template },
    };
    expect(await failing("Job", job)).toContain(
      `Job ${namespace}/job did not become ready: Job has reached the specified backoff limit`,
    );
  });
});

describe("a Namespace", () => {
  test("goes with everything in it, and is waited for", async () => {
    const metadata = { name: "kp-drv-going" };
    const state: ResourceState = await cluster.create("Namespace", { metadata });
    const inside = { metadata: { name: "a", namespace: "kp-drv-going" } };
    const map = await cluster.create("ConfigMap", inside);
    await cluster.delete("Namespace", state);
    expect(await cluster.read("Namespace", state)).toBeUndefined();
    expect(await cluster.read("ConfigMap", map)).toBeUndefined();
    await cluster.delete("ConfigMap", map);
  });
});
