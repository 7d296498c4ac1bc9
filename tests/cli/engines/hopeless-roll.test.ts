import { afterEach, beforeEach, expect, test } from "vitest";
import { hopelessRoll } from "../../../cli/engines/hopeless-roll.ts";
import { FakeKubernetes } from "../../support/kubernetes/fake-kubernetes.ts";

const FAST = { lookMs: 20, patienceMs: 50 };

let fake: FakeKubernetes;
let ended: AbortController;
/** What the API server answers when it is asked for the brokers' pods. */
let pods: object[];

beforeEach(async () => {
  fake = await FakeKubernetes.start();
  ended = new AbortController();
  pods = [];
  fake.handlers.push(({ url }) =>
    url.startsWith("/api/v1/namespaces/kafka/pods")
      ? { status: 200, body: { kind: "PodList", items: pods } }
      : undefined,
  );
});
afterEach(() => fake.stop());

const watch = () => {
  const cluster = { context: "fake", kubeconfig: undefined, namespace: "kafka", name: "shop" };
  const at = { ...cluster, kubeconfig: fake.kubeconfig() };
  return hopelessRoll({ cluster: at, signal: ended.signal, ...FAST });
};

const pod = (uid: string, waiting?: object, restartCount = 0) => ({
  metadata: { name: "shop-2", namespace: "kafka", uid },
  status: {
    phase: "Pending",
    containerStatuses: [{ name: "broker", ready: false, restartCount, state: { waiting } }],
  },
});
const INVALID = { reason: "InvalidImageName", message: "no such name" };

const looks = (count: number) =>
  expect.poll(() => fake.received.length, { timeout: 10_000 }).toBeGreaterThan(count);

test("a new pod that can never start is told, with the cluster's words", async () => {
  pods = [pod("before")];
  const found = watch();
  await looks(1);
  pods = [pod("after", INVALID)];
  expect(await found).toBe("shop-2: container broker: InvalidImageName: no such name");
  const asked = fake.received.find(({ url }) => url.includes("/pods"))?.url ?? "";
  expect(asked).toContain("app.kubernetes.io/instance=shop,app.kubernetes.io/component=broker");
});

test("a pod that was in trouble before is what a run may heal", async () => {
  pods = [pod("before", INVALID)];
  const found = watch();
  await looks(15);
  ended.abort();
  expect(await found).toBeUndefined();
});

test.each([
  ["that starts", pod("after", { reason: "ContainerCreating" })],
  ["that crashed once", pod("after", { reason: "CrashLoopBackOff" }, 1)],
  ["whose image may yet be pulled", pod("after", { reason: "ErrImagePull" })],
])("a pod %s is waited for", async (_, one) => {
  const found = watch();
  await looks(1);
  pods = [one];
  await looks(15);
  ended.abort();
  expect(await found).toBeUndefined();
});

test("a look that fails in between ends nothing", async () => {
  const found = watch();
  await looks(1);
  const fail = () => ({ status: 500, body: { kind: "Status", message: "busy" } });
  fake.handlers.unshift(fail);
  await looks(5);
  fake.handlers.splice(fake.handlers.indexOf(fail), 1);
  pods = [pod("after", INVALID)];
  expect(await found).toContain("InvalidImageName");
});

test("a cluster that cannot be asked ends the watch, and nothing else", async () => {
  fake.handlers.unshift(() => ({ status: 403, body: { kind: "Status", message: "no" } }));
  expect(await watch()).toBeUndefined();
});
