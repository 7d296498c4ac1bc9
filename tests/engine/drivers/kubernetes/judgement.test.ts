import { describe, expect, test } from "vitest";
import { judgeClaim } from "../../../../engine/drivers/kubernetes/claim.ts";
import { podHealth } from "../../../../engine/drivers/kubernetes/pod-health.ts";
import { judgeJob, judgeRollout } from "../../../../engine/drivers/kubernetes/rollout.ts";
import type { Pod, Workload } from "../../../../engine/drivers/kubernetes/workload.ts";
import type { ObjectEvent } from "../../../../clients/kubernetes/events.ts";

const event = (reason: string, message = ""): ObjectEvent => ({
  uid: "e",
  reason,
  message,
  count: 1,
  lastSeen: "",
});

function pod(status: Pod["status"], metadata: object = {}): Pod {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "kafka-1", uid: "u1", ...metadata },
    ...(status && { status }),
  };
}

const waitingPod = (reason: string, message?: string, restartCount = 0): Pod =>
  pod({
    phase: "Pending",
    containerStatuses: [
      {
        name: "kafka",
        ready: false,
        restartCount,
        state: { waiting: { reason, ...(message !== undefined && { message }) } },
        lastState: { terminated: { exitCode: 137, reason: "OOMKilled" } },
      },
    ],
  });

const identity = { pod: "kafka-1", uid: "u1" };

describe("a pod", () => {
  test("is ready when it says so and is not leaving", () => {
    const ready = { conditions: [{ type: "Ready", status: "True" as const }] };
    expect(podHealth(pod(ready), [])).toEqual({ ...identity, ready: true, detail: "" });
    expect(podHealth(pod(ready, { deletionTimestamp: "now" }), [])).toEqual({
      ...identity,
      ready: false,
      detail: "stopping",
    });
  });

  test("that runs is not ready for what its probe said last", () => {
    const events = [
      event("Unhealthy", "Readiness probe failed: older"),
      event("Unhealthy", "Readiness probe failed: kafka-0: 12 under-replicated\npartitions\n"),
      event("Pulled"),
    ];
    expect(podHealth(pod({ phase: "Running" }), events)).toEqual({
      ...identity,
      ready: false,
      detail: "readiness: kafka-0: 12 under-replicated partitions",
    });
    expect(podHealth(pod({ phase: "Running" }), []).detail).toBe("running, not ready yet");
    const http = event("Unhealthy", 'Startup probe failed: Get "http://x": refused');
    expect(podHealth(pod({ phase: "Running" }), [http]).detail).toBe(
      'startup: Get "http://x": refused',
    );
  });

  test("that waits says why, in an event when it cannot itself", () => {
    expect(podHealth(waitingPod("ContainerCreating"), []).detail).toBe("ContainerCreating");
    const mount = event("FailedMount", 'secret "x" not found');
    expect(podHealth(pod({ phase: "Pending" }), [mount]).detail).toBe(
      'FailedMount: secret "x" not found',
    );
    expect(podHealth(pod(undefined), []).detail).toBe("pending");
  });

  test.each([
    ["ErrImageNeverPull", 0],
    ["InvalidImageName", 0],
    ["ErrImagePull", 15],
    ["ImagePullBackOff", 15],
    ["CreateContainerConfigError", 15],
  ])("with %s is in trouble after %i s", (reason, patienceSeconds) => {
    expect(podHealth(waitingPod(reason, "why"), []).trouble).toEqual({
      pod: "kafka-1",
      reason: `container kafka: ${reason}: why`,
      patienceSeconds,
    });
  });

  test("that crashes again and again is given up, with the container to ask", () => {
    expect(podHealth(waitingPod("CrashLoopBackOff", "back-off", 2), []).trouble).toBeUndefined();
    expect(podHealth(waitingPod("CrashLoopBackOff", "back-off", 3), []).trouble).toEqual({
      pod: "kafka-1",
      reason: "container kafka crashed 3 times, last exit code 137 (OOMKilled)",
      patienceSeconds: 0,
      container: "kafka",
    });
  });

  test("no node can take is in trouble in a minute, unless a node is coming", () => {
    const nowhere = pod({
      phase: "Pending",
      conditions: [
        { type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/1 nodes" },
      ],
    });
    expect(podHealth(nowhere, []).trouble).toEqual({
      pod: "kafka-1",
      reason: "no node can take it: 0/1 nodes",
      patienceSeconds: 60,
    });
    expect(podHealth(nowhere, [event("TriggeredScaleUp")]).trouble).toBeUndefined();
  });
});

function workload(status: Workload["status"], spec: Workload["spec"] = { replicas: 3 }): Workload {
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "kafka", namespace: "ns", generation: 2 },
    spec,
    status: { observedGeneration: 2, ...status },
  };
}

const sick = { ...identity, ready: false, detail: "running, not ready yet" };
const complete = { replicas: 3, readyReplicas: 3, updatedReplicas: 3 };

describe("a rollout", () => {
  test("is over when the change was seen and every pod is new and ready", () => {
    expect(judgeRollout(workload(complete), [], [])).toEqual({ state: "ready" });
    expect(judgeRollout(workload({ ...complete, observedGeneration: 1 }), [], [])).toMatchObject({
      state: "waiting",
      detail: "the change is not noticed yet",
    });
    const none = workload({ replicas: 0 }, { replicas: 0 });
    expect(judgeRollout(none, [], []).state).toBe("ready");
  });

  test("says how far it is and what it waits for", () => {
    const status = { replicas: 3, readyReplicas: 2, updatedReplicas: 1 };
    expect(judgeRollout(workload(status), [sick], [])).toEqual({
      state: "waiting",
      detail: "2 of 3 pods ready; 2 to be replaced; kafka-1: running, not ready yet",
      troubles: new Map(),
    });
    const shrinking = { ...complete, replicas: 4 };
    expect(judgeRollout(workload(shrinking), [], [])).toMatchObject({
      detail: "3 of 3 pods ready; 1 to be removed",
    });
  });

  test("takes along the trouble of its pods, and of their creation", () => {
    const trouble = { reason: "bad", patienceSeconds: 15, pod: "kafka-1" };
    const refused = event(
      "FailedCreate",
      'pods "kafka-0" is forbidden: violates PodSecurity "restricted"',
    );
    const verdict = judgeRollout(workload({}), [{ ...sick, trouble }], [refused]);
    expect(verdict).toMatchObject({ state: "waiting" });
    expect(verdict.state === "waiting" && [...verdict.troubles]).toEqual([
      ["kafka-1", trouble],
      ["kafka", { reason: `its pods cannot be created: ${refused.message}`, patienceSeconds: 0 }],
    ]);
    const quota = judgeRollout(
      workload({}),
      [],
      [event("FailedCreate", "forbidden: exceeded quota: q")],
    );
    expect(quota.state === "waiting" && quota.troubles.get("kafka")?.patienceSeconds).toBe(10);
    const passing = judgeRollout(workload({}), [], [event("FailedCreate", "etcd is slow")]);
    expect(passing.state === "waiting" && passing.troubles.size).toBe(0);
  });

  test("of a Deployment fails at its own deadline", () => {
    const message = 'ReplicaSet "x" has timed out progressing.';
    const reason = "ProgressDeadlineExceeded";
    const conditions = [{ type: "Progressing", status: "False" as const, reason, message }];
    expect(judgeRollout(workload({ conditions }), [sick], [])).toEqual({
      state: "failed",
      reason: `${message} kafka-1: running, not ready yet`,
    });
  });
});

describe("a job", () => {
  const job = (status: Workload["status"]): Workload => workload(status, {});

  test("is done when it is complete, and has failed when it says so", () => {
    const condition = (type: string) => ({ type, status: "True" as const, message: "why" });
    expect(judgeJob(job({ conditions: [condition("Complete")] }), [], []).state).toBe("ready");
    expect(judgeJob(job({ conditions: [condition("Failed")] }), [sick], [])).toEqual({
      state: "failed",
      reason: "why",
      pod: "kafka-1",
    });
    expect(judgeJob(job({}), [{ ...sick, ready: true, detail: "" }], [])).toMatchObject({
      state: "waiting",
      detail: "0 of 1 completions; kafka-1: running",
    });
  });
});

describe("a claim", () => {
  const claim = (phase: string) => ({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "c" },
    status: { phase },
  });

  test("is done when it is bound, or when only a pod is missing", () => {
    expect(judgeClaim(claim("Bound"), "Immediate", []).state).toBe("ready");
    expect(judgeClaim(claim("Pending"), "WaitForFirstConsumer", []).state).toBe("ready");
    expect(judgeClaim(claim("Pending"), undefined, [event("WaitForFirstConsumer")]).state).toBe(
      "ready",
    );
  });

  test("waits otherwise, and fails where nobody will ever make its volume", () => {
    expect(
      judgeClaim(claim("Pending"), "Immediate", [event("ProvisioningFailed", "full")]),
    ).toEqual({ state: "waiting", detail: "ProvisioningFailed: full", troubles: new Map() });
    const missing = { missing: "fast", there: ["slow", "local"] };
    expect(judgeClaim(claim("Pending"), missing, [])).toEqual({
      state: "failed",
      reason: 'there is no storage class "fast"; there are: "slow", "local"',
    });
    expect(judgeClaim(claim("Lost"), "Immediate", []).state).toBe("failed");
  });
});
