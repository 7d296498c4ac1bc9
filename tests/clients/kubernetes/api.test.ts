import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { KubernetesApi } from "../../../clients/kubernetes/api.ts";
import { unreachable } from "../../../clients/kubernetes/errors.ts";
import { collectionPath, objectPath } from "../../../clients/kubernetes/objects.ts";
import { failureOf } from "../../support/pulumi/driver-run.ts";
import { failure, FakeKubernetes } from "../../support/kubernetes/fake-kubernetes.ts";

let fake: FakeKubernetes;
let api: KubernetesApi;

// Loading the library takes long on a busy machine.
beforeAll(() => import("@kubernetes/client-node"), 60_000);
beforeEach(async () => {
  fake = await FakeKubernetes.start();
  api = await connect();
  fake.received.length = 0;
});
afterEach(async () => {
  await api.close();
  await fake.stop();
  vi.unstubAllEnvs();
});

const connect = (context = "fake", kubeconfig = fake.kubeconfig()): Promise<KubernetesApi> =>
  KubernetesApi.connect({ context, kubeconfig });

const POD = "/api/v1/namespaces/ns/pods/p";
const pod = { kind: "Pod", namespace: "ns", name: "p" } as const;

test("every kind is found at its place", () => {
  expect(objectPath({ kind: "StatefulSet", namespace: "a b", name: "x/y" })).toBe(
    "/apis/apps/v1/namespaces/a%20b/statefulsets/x%2Fy",
  );
  expect(objectPath({ kind: "Namespace", name: "kafka" })).toBe("/api/v1/namespaces/kafka");
  expect(collectionPath("StorageClass", "ignored")).toBe("/apis/storage.k8s.io/v1/storageclasses");
  expect(collectionPath("Pod")).toBe("/api/v1/pods");
});

describe("requests", () => {
  test("apply with the field manager, strictly, and without force unless asked", async () => {
    const object = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "c", namespace: "ns" },
      data: { unknownToAnyLibrary: "kept" },
    };
    const made = await api.apply(object, { fieldManager: "me" });
    expect(made["data"]).toEqual({ unknownToAnyLibrary: "kept" });
    await api.apply(object, { fieldManager: "me", force: true });
    const url = "/api/v1/namespaces/ns/configmaps/c?fieldManager=me&force";
    expect(fake.received).toEqual([
      { method: "PATCH", url: `${url}=false&fieldValidation=Strict`, body: object },
      { method: "PATCH", url: `${url}=true&fieldValidation=Strict`, body: object },
    ]);
  });

  test("an absent object is undefined, and deleted already", async () => {
    expect(await api.get(pod)).toBeUndefined();
    await api.delete(pod);
    fake.put(POD, { metadata: { name: "p" } });
    expect((await api.get(pod))?.metadata.name).toBe("p");
    await api.delete(pod, { propagation: "Background", uid: "u" });
    expect(fake.received.at(-1)?.body).toMatchObject({
      propagationPolicy: "Background",
      preconditions: { uid: "u" },
    });
    expect(await api.get(pod)).toBeUndefined();
  });

  test("listed objects say what they are, and events come in order", async () => {
    fake.put(POD, { metadata: { name: "p" } });
    const listed = await api.list("Pod", { namespace: "ns", labelSelector: "a=b" });
    expect(listed).toMatchObject([{ apiVersion: "v1", kind: "Pod", metadata: { name: "p" } }]);
    expect(fake.received.at(-1)?.url).toBe("/api/v1/namespaces/ns/pods?labelSelector=a=b");

    const event = (name: string, lastTimestamp: string) =>
      fake.put(`/api/v1/namespaces/ns/events/${name}`, {
        metadata: { name, uid: name },
        reason: "R",
        message: ` ${name} `,
        count: 3,
        lastTimestamp,
      });
    event("second", "2026-01-01T00:00:02Z");
    event("first", "2026-01-01T00:00:01Z");
    expect(await api.events("pod-uid", "ns")).toEqual([
      { uid: "first", reason: "R", message: "first", count: 3, lastSeen: "2026-01-01T00:00:01Z" },
      { uid: "second", reason: "R", message: "second", count: 3, lastSeen: "2026-01-01T00:00:02Z" },
    ]);
    expect(fake.received.at(-1)?.url).toContain("fieldSelector=involvedObject.uid=pod-uid");
  });

  test("pods are asked through the API server, once", async () => {
    fake.handlers.push(({ url }) =>
      url.includes("/proxy") ? failure(503, "ServiceUnavailable", "no answer") : undefined,
    );
    expect(await failureOf(api.podGet("ns", "p", 9404, "/metrics"))).toBe(
      "cannot ask port 9404 of pod ns/p for /metrics: no answer",
    );
    expect(fake.received.map(({ url }) => url)).toEqual([`${POD}:9404/proxy/metrics`]);
  });

  test("the user's rights are asked for", async () => {
    fake.handlers.push(({ method }) =>
      method === "POST" ? { status: 201, body: { status: { allowed: true } } } : undefined,
    );
    const access = { verb: "get", kind: "Pod", namespace: "ns", subresource: "proxy" } as const;
    expect(await api.may(access)).toBe(true);
    expect(fake.received[0]?.body).toMatchObject({
      kind: "SelfSubjectAccessReview",
      spec: {
        resourceAttributes: {
          verb: "get",
          group: "",
          resource: "pods",
          namespace: "ns",
          subresource: "proxy",
        },
      },
    });
  });

  test("a server that restarts is asked again", async () => {
    let answers = 0;
    fake.handlers.push(() => {
      answers += 1;
      return answers === 1 ? failure(503, "ServiceUnavailable", "starting") : undefined;
    });
    expect(await api.get(pod)).toBeUndefined();
    expect(answers).toBe(2);
  });
});

describe("the one clear sentence of a refusal", () => {
  const refused = (answer: ReturnType<typeof failure>): Promise<string> => {
    fake.handlers.push(() => answer);
    return failureOf(api.get(pod));
  };

  test("names a missing right, with verb and resource", async () => {
    const message =
      'statefulsets.apps "x" is forbidden: User "u" cannot patch resource "statefulsets" in API group "apps" in the namespace "ns"';
    expect(await refused(failure(403, "Forbidden", message))).toBe(
      `cannot read Pod ns/p: the user of context "fake" may not patch statefulsets.apps (${message}); grant the right "patch" on "statefulsets.apps"`,
    );
  });

  test("has admission's own words", async () => {
    expect(await refused(failure(403, "Forbidden", "exceeded quota: q"))).toBe(
      "cannot read Pod ns/p: exceeded quota: q",
    );
  });

  test("says that the credentials are not accepted", async () => {
    expect(await refused(failure(401, "Unauthorized", "Unauthorized"))).toBe(
      'cannot read Pod ns/p: the API server does not accept the credentials of context "fake"; log in again, or correct the user in the kubeconfig',
    );
  });

  test("names the fields of somebody else, with who set them", async () => {
    const cause = (manager: string, field: string) => ({
      reason: "FieldManagerConflict",
      message: `conflict with "${manager}" using apps/v1`,
      field,
    });
    const causes = [
      cause("kubectl-edit", ".spec.replicas"),
      cause("hpa", ".spec.x"),
      cause("kubectl-edit", ".spec.y"),
    ];
    expect(await refused(failure(409, "Conflict", "Apply failed", { causes }))).toBe(
      'cannot read Pod ns/p: these fields were set by somebody else: .spec.replicas, .spec.y by "kubectl-edit"; .spec.x by "hpa". Undo that, or declare the same values, or take the fields over with the annotation pulumi.com/patchForce: "true"',
    );
  });

  test("says what to do about a port that is taken, or that a killed run has left reserved", async () => {
    const told = "spec.ports[0].nodePort: Invalid value: 30392: provided port is already allocated";
    const message = await refused(failure(422, "Invalid", told));
    expect(message).toContain(`cannot read Pod ns/p: ${told}; \`kubectl get services`);
    expect(message).toContain("Kubernetes frees it within about ten minutes, so try again then");
  });

  test("says what else is invalid, in the server's own words", async () => {
    expect(await refused(failure(422, "Invalid", "spec.x: wrong"))).toBe(
      "cannot read Pod ns/p: spec.x: wrong",
    );
  });

  test("has what a proxy in between says", async () => {
    expect(await refused({ status: 418, body: "I am a teapot" })).toBe(
      "cannot read Pod ns/p: I am a teapot",
    );
  });

  test("names a server that is not there, at once", async () => {
    const closed = await FakeKubernetes.start();
    await closed.stop();
    const kubeconfig = fake.kubeconfig("http://127.0.0.1:1");
    expect(await failureOf(connect("fake", kubeconfig))).toBe(
      'cannot use the cluster: the API server of context "fake" (http://127.0.0.1:1) cannot be reached, nothing listens there; is the cluster up, and is its address in the kubeconfig right?',
    );
  });
});

test("a server with a certificate nobody vouches for is not called unreachable", () => {
  const error = Object.assign(new Error("self-signed certificate"), {
    code: "DEPTH_ZERO_SELF_SIGNED_CERT",
  });
  expect(unreachable("use it", "fake", "https://x:6443", error).message).toBe(
    'cannot use it: what answers at https://x:6443, the server of context "fake", has no certificate the kubeconfig vouches for (self-signed certificate); is the address right, and is its certificate-authority-data this cluster\'s?',
  );
});

describe("the kubeconfig", () => {
  test("a context it does not have is refused with those it has", async () => {
    expect(await failureOf(connect("prod"))).toBe(
      'the kubeconfig given has no context "prod"; there are: "fake"',
    );
  });

  test("a context that leads nowhere is refused", async () => {
    const kubeconfig = JSON.stringify({
      clusters: [{ name: "c", cluster: { server: "https://x" } }],
      users: [],
      contexts: [{ name: "fake", context: { cluster: "c", user: "nobody" } }],
    });
    expect(await failureOf(connect("fake", kubeconfig))).toBe(
      'context "fake" of the kubeconfig given names a user it does not define',
    );
  });

  test("comes from KUBECONFIG, which may list several files", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "kubeconfig-"));
    const file = path.join(folder, "b");
    await writeFile(file, fake.kubeconfig());
    const missing = path.join(folder, "a");
    vi.stubEnv("KUBECONFIG", `${missing}${path.delimiter}${file}`);
    const found = await KubernetesApi.connect({ context: "fake" });
    expect(found.server).toBe(fake.address);
    await found.close();
    vi.stubEnv("KUBECONFIG", missing);
    expect(await failureOf(KubernetesApi.connect({ context: "fake" }))).toBe(
      `there is no kubeconfig: ${missing} (KUBECONFIG) does not exist; point KUBECONFIG at one, or configure its path`,
    );
    await rm(folder, { recursive: true });
  });
});
