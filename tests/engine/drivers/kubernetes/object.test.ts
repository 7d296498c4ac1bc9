import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { NotReadyError, type ResourceDriver } from "../../../../engine/drivers/driver.ts";
import type { Properties } from "../../../../engine/values/value.ts";
import { kubernetesProvider } from "../../../../engine/drivers/kubernetes/provider.ts";
import type { KubernetesApi } from "../../../../clients/kubernetes/api.ts";
import { created, failureOf, recordingContext } from "../../../support/pulumi/driver-run.ts";
import { failure, FakeKubernetes } from "../../../support/kubernetes/fake-kubernetes.ts";

let fake: FakeKubernetes;
let api: KubernetesApi;

// Loading the library takes long on a busy machine.
beforeAll(() => import("@kubernetes/client-node"), 60_000);
beforeEach(async () => {
  fake = await FakeKubernetes.start();
  const config = { context: "fake", kubeconfig: fake.kubeconfig() };
  api = await kubernetesProvider.connect(config, recordingContext());
  fake.received.length = 0;
});
afterEach(async () => {
  await kubernetesProvider.close(api);
  await fake.stop();
});

function driver(kind: string): ResourceDriver<KubernetesApi> {
  const found = kubernetesProvider.resources.find(({ type }) => type.endsWith(`:${kind}`));
  if (found === undefined) throw new Error(`no driver for ${kind}`);
  return found;
}

const context = recordingContext();
const MANAGER = "pulumi-embedded-16d997188c15";
const metadata = { name: "a", namespace: "ns" };
const MAP = "/api/v1/namespaces/ns/configmaps/a";
const SET = "/apis/apps/v1/namespaces/ns/statefulsets/a";

describe("a plain object", () => {
  const make = (data: Properties) =>
    created(driver("ConfigMap"), api, { metadata, data }, recordingContext());

  test("lives from create to delete", async () => {
    const state = await make({ k: "1" });
    const declared = { apiVersion: "v1", kind: "ConfigMap", metadata, data: { k: "1" } };
    const uid = String(fake.objects.get(MAP)?.metadata.uid);
    expect(state).toEqual({
      id: "ns/a",
      inputs: declared,
      outputs: {
        ...declared,
        metadata: { ...metadata, uid },
        __fieldManager: MANAGER,
        __context: "fake",
      },
    });
    expect(await driver("ConfigMap").read(api, state, context)).toEqual(state);

    const now = { ...declared, data: { k: "2" } };
    const outputs = await driver("ConfigMap").update(api, state, now, context);
    expect(outputs["data"]).toEqual({ k: "2" });
    expect(fake.received.at(-1)).toMatchObject({ method: "PATCH", body: now });

    await driver("ConfigMap").delete(api, state, context);
    await driver("ConfigMap").delete(api, state, context);
    expect(fake.received.find(({ method }) => method === "DELETE")?.body).toMatchObject({
      propagationPolicy: "Background",
      preconditions: { uid },
    });
    expect(await driver("ConfigMap").read(api, state, context)).toBeUndefined();
  });

  test("that exists already is not touched", async () => {
    fake.put(MAP, { metadata });
    expect(await failureOf(make({}))).toBe(
      'ConfigMap ns/a exists already in context "fake" and is not in this stack\'s state; delete it if it is not needed, declare another name, or adopt it on the Pulumi CLI with "pulumi import"',
    );
    expect(fake.asked).toEqual([`GET ${MAP}`]);
  });

  test("keeps its field manager when the resource is renamed", async () => {
    const state = await make({});
    const renamed = { ...recordingContext(), urn: "urn:another" };
    await driver("ConfigMap").update(api, state, state.inputs, renamed);
    expect(fake.received.at(-1)?.url).toContain(`fieldManager=${MANAGER}&`);
  });

  test("takes over other people's fields only when told to", async () => {
    const annotations = { "pulumi.com/patchForce": "true" };
    await created(driver("ConfigMap"), api, { metadata: { ...metadata, annotations } });
    expect(fake.received.at(-1)?.url).toContain("force=true");
    expect(fake.received.every(({ url }) => !url.includes("force=false"))).toBe(true);
  });

  test("is taken over in every apply where the provider says so", async () => {
    const config = { context: "fake", kubeconfig: fake.kubeconfig(), enablePatchForce: true };
    const forced = await kubernetesProvider.connect(config, context);
    await created(driver("ConfigMap"), forced, { metadata });
    expect(fake.received.at(-1)?.url).toContain("force=true");
    await kubernetesProvider.close(forced);
  });

  test("left by a run that was killed is taken over when it is ours", async () => {
    const inputs = { apiVersion: "v1", kind: "ConfigMap", metadata, data: { k: "1" } };
    const resume = () => driver("ConfigMap").resumeCreate?.(api, inputs, context);
    expect(await resume()).toBeUndefined();
    const managed = (manager: string) => [{ manager, operation: "Apply" as const }];
    fake.put(MAP, { metadata: { ...metadata, managedFields: managed("somebody") } });
    expect(await resume()).toBeUndefined();
    fake.put(MAP, { metadata: { ...metadata, managedFields: managed(MANAGER) } });
    expect(await resume()).toMatchObject({ id: "ns/a", outputs: { data: { k: "1" } } });
  });

  test("is not deleted when it is another one of the same name", async () => {
    const state = await make({});
    fake.put(MAP, { metadata });
    fake.handlers.push(({ method }) =>
      method === "DELETE" ? failure(409, "Conflict", "Precondition failed: UID") : undefined,
    );
    await driver("ConfigMap").delete(api, state, context);
    expect(fake.objects.has(MAP)).toBe(true);
  });

  test("of a namespace that is going is waited for, with what holds it up", async () => {
    const NAMESPACE = "/api/v1/namespaces/a";
    const state = await created(driver("Namespace"), api, {
      metadata: { name: "a", annotations: { "pulumi.com/skipAwait": "true" } },
    });
    const message = "Some resources are remaining: pods. has 3 resource instances";
    fake.handlers.push(({ method }) => {
      if (method !== "DELETE") return undefined;
      const conditions = [{ type: "NamespaceContentRemaining", status: "True", message }];
      fake.change(NAMESPACE, () => ({ status: { phase: "Terminating", conditions } }));
      setTimeout(() => fake.objects.delete(NAMESPACE), 600);
      return { status: 200, body: {} };
    });
    const recording = recordingContext();
    await driver("Namespace").delete(api, state, recording);
    expect(recording.lines).toEqual([`waiting until it is gone: ${message}`]);
    expect(fake.objects.has(NAMESPACE)).toBe(false);
  });
});

describe("a Secret", () => {
  const inputs = { metadata, stringData: { password: "hunter22" } };

  test("is sent encoded, so that a key that goes is removed", async () => {
    const state = await created(driver("Secret"), api, inputs);
    const data = { password: "aHVudGVyMjI=" };
    const plain = { apiVersion: "v1", kind: "Secret", metadata };
    expect(fake.received.at(-1)?.body).toEqual({ ...plain, data });
    expect(state.inputs).toEqual({ ...plain, stringData: inputs.stringData });
    expect(state.outputs).toMatchObject({ data, stringData: inputs.stringData });
    expect(driver("Secret").secretOutputs).toEqual(["data", "stringData"]);
    expect(await driver("Secret").read(api, state, context)).toEqual(state);
  });

  test("never shows in an error", async () => {
    fake.handlers.push(({ method }) =>
      method === "PATCH" ? failure(422, "Invalid", 'Invalid value: "aHVudGVyMjI="') : undefined,
    );
    expect(await failureOf(created(driver("Secret"), api, inputs))).toBe(
      'cannot apply Secret ns/a: Invalid value: "[redacted]"',
    );
  });
});

describe("a StatefulSet", () => {
  const spec = { replicas: 1, selector: { matchLabels: { app: "a" } } };
  const ready = { replicas: 1, readyReplicas: 1, updatedReplicas: 1, updateRevision: "r1" };

  /** Plays the controller: the status follows some time after each apply. */
  function controller(...statuses: object[]): void {
    fake.handlers.push(({ method, url }) => {
      if (method !== "GET" || !url.startsWith(SET)) return undefined;
      const status = statuses.length > 1 ? statuses.shift() : statuses[0];
      if (fake.objects.has(SET)) {
        fake.change(SET, ({ metadata: { generation } }) => ({
          status: { observedGeneration: generation, ...status },
        }));
      }
      return undefined;
    });
  }

  function pod(name: string, revision: string, status: object): void {
    const labels = { "controller-revision-hash": revision };
    fake.put(`/api/v1/namespaces/ns/pods/${name}`, { metadata: { name, labels }, status });
  }

  const crashing = {
    phase: "Running",
    containerStatuses: [
      {
        name: "kafka",
        ready: false,
        restartCount: 3,
        state: { waiting: { reason: "CrashLoopBackOff" } },
        lastState: { terminated: { exitCode: 1 } },
      },
    ],
  };

  test("is waited for, and progress says what for", async () => {
    const waiting = { replicas: 1, updatedReplicas: 1, updateRevision: "r1" };
    controller({}, waiting, waiting, ready);
    pod("a-0", "r1", { phase: "Running" });
    const recording = recordingContext();
    await created(driver("StatefulSet"), api, { metadata, spec }, recording);
    expect(recording.lines).toEqual(["0 of 1 pods ready; a-0: running, not ready yet"]);
  });

  test("is not waited for when told so", async () => {
    const annotations = { "pulumi.com/skipAwait": "true" };
    await created(driver("StatefulSet"), api, { metadata: { ...metadata, annotations }, spec });
    expect(fake.asked).toEqual([`GET ${SET}`, `PATCH ${SET}`]);
  });

  test("that cannot become ready ends the wait early, with the pod's last words, on record", async () => {
    controller({}, { replicas: 1, updatedReplicas: 1, updateRevision: "r1" });
    pod("a-0", "r1", crashing);
    fake.handlers.push(({ url }) =>
      url.includes("/log?") ? { status: 200, body: "line 1\nline 2\n" } : undefined,
    );
    const inputs = driver("StatefulSet").check({ metadata, spec }).inputs;
    const failing = driver("StatefulSet").create(api, inputs, recordingContext());
    const error: unknown = await failing.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(NotReadyError);
    expect((error as NotReadyError).message).toBe(
      "StatefulSet ns/a did not become ready: a-0: container kafka crashed 3 times, last exit code 1\nlast log lines of a-0:\n  line 1\n  line 2",
    );
    expect((error as NotReadyError).made).toMatchObject({ id: "ns/a", outputs: { spec } });
    expect(fake.received.find(({ url }) => url.includes("/log?"))?.url).toBe(
      "/api/v1/namespaces/ns/pods/a-0/log?container=kafka&previous=true&tailLines=10",
    );
  });

  test("is not judged by the pods an update is about to replace, nor by old events", async () => {
    const annotations = { "pulumi.com/skipAwait": "true" };
    const skipped = { metadata: { ...metadata, annotations }, spec };
    const state = await created(driver("StatefulSet"), api, skipped);
    pod("a-0", "r0", crashing);
    fake.put("/api/v1/namespaces/ns/events/e", {
      metadata: { name: "e", uid: "e" },
      reason: "FailedCreate",
      message: "violates PodSecurity",
      count: 5,
    });
    controller({ replicas: 1, updateRevision: "r1" }, ready);
    const recording = recordingContext();
    const inputs = { ...state.inputs, metadata };
    await driver("StatefulSet").update(api, state, inputs, recording);
    expect(recording.lines).toEqual(["0 of 1 pods ready; 1 to be replaced"]);
  });

  test("has the time the program gives it, and says how far it came", async () => {
    controller({}, { replicas: 1, updatedReplicas: 1 });
    const limited = { ...recordingContext(), timeoutSeconds: 0.2 };
    expect(await failureOf(created(driver("StatefulSet"), api, { metadata, spec }, limited))).toBe(
      "StatefulSet ns/a did not become ready: not within 0.2 s: 0 of 1 pods ready",
    );
  });

  test("can be interrupted, and is not on record then: the next run takes it over", async () => {
    controller({});
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    const failing = created(
      driver("StatefulSet"),
      api,
      { metadata, spec },
      recordingContext(abort.signal),
    );
    const error: unknown = await failing.catch((caught: unknown) => caught);
    expect(error).not.toBeInstanceOf(NotReadyError);
    expect((error as Error).message).toBe("interrupted while waiting for StatefulSet ns/a");
  });
});

describe("the provider", () => {
  test("takes its options as the SDK sends them", () => {
    const given = {
      context: "lab",
      kubeconfig: "",
      enableSecretMutable: "true",
      version: "4.34.2",
    };
    expect(kubernetesProvider.check(given)).toEqual({
      inputs: { context: "lab", enableSecretMutable: true },
      failures: [],
    });
  });

  test("refuses what it cannot do by name", () => {
    const given = {
      enableServerSideApply: "false",
      clusterIdentifier: "x",
      deleteUnreachable: "true",
    };
    expect(kubernetesProvider.check(given).failures).toMatchObject([
      { property: "clusterIdentifier" },
      { property: "deleteUnreachable" },
      { property: "context", reason: "context is required and was not given" },
      {
        property: "enableServerSideApply",
        reason: "must be true or left out: the embedded engine changes objects no other way",
      },
    ]);
  });
});
