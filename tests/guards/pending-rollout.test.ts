import { expect, test } from "vitest";
import { pendingRollout } from "../../guards/pending-rollout.ts";

const DONE = { observedGeneration: 4, updatedReplicas: 3, availableReplicas: 3 };

const statefulSet = (status: object) => ({
  metadata: { generation: 4 },
  spec: { replicas: 3 },
  status: { ...DONE, ...status },
});

test.each<[string, object, string | undefined]>([
  ["nothing is to be done", {}, undefined],
  [
    "an update that was just made is not yet seen",
    { observedGeneration: 3 },
    "Kubernetes has not yet seen the last update",
  ],
  [
    "some pods are still of before",
    { updatedReplicas: 1, availableReplicas: 2 },
    "an earlier restart has come to 1 of 3 pods",
  ],
  [
    "the last pod has just come back",
    { availableReplicas: 2 },
    "Kubernetes counts 2 of 3 pods as available",
  ],
  [
    "there is no pod of the last update yet, and Kubernetes leaves the number out",
    { updatedReplicas: undefined },
    "an earlier restart has come to 0 of 3 pods",
  ],
])("%s", (_, status, said) => {
  expect(pendingRollout(statefulSet(status))).toBe(said);
});

test("a cluster without a StatefulSet has nothing to wait for", () => {
  expect(pendingRollout(undefined)).toBeUndefined();
});
