import { expect, test } from "vitest";
import { pendingRollout } from "../../guards/pending-rollout.ts";

const DONE = { observedGeneration: 4, updatedReplicas: 3, availableReplicas: 3 };

const statefulSet = (status: object) => ({
  metadata: { generation: 4 },
  spec: { replicas: 3 },
  status: { ...DONE, ...status },
});

test.each<[string, object, string | undefined]>([
  ["nothing is pending where nothing is to be done", {}, undefined],
  [
    "an update that was just made is pending until Kubernetes has seen it",
    { observedGeneration: 3 },
    "Kubernetes has not yet seen the last update",
  ],
  [
    "a restart is pending while some pods are still of before",
    { updatedReplicas: 1, availableReplicas: 2 },
    "an earlier restart has come to 1 of 3 pods",
  ],
  [
    "a restart is pending while the last pod has only just come back",
    { availableReplicas: 2 },
    "Kubernetes counts 2 of 3 pods as available",
  ],
  [
    "a restart is pending where Kubernetes leaves the number of new pods out, because there is none yet",
    { updatedReplicas: undefined },
    "an earlier restart has come to 0 of 3 pods",
  ],
])("%s", (_, status, said) => {
  expect(pendingRollout(statefulSet(status))).toBe(said);
});

test("a cluster without a StatefulSet has nothing to wait for", () => {
  expect(pendingRollout(undefined)).toBeUndefined();
});
