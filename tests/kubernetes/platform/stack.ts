/** The one prod stack on Kubernetes that the parts of the suite put up, use, operate, harm and remove. */
import { inject } from "vitest";
import type { Finished } from "../../support/project/checkout.ts";
import { PlatformStack } from "../support/platform-stack.ts";

/** First of the stack's NodePorts. */
export const PORT = 30192;
/** A test that may restart brokers, some more than once: a minute and a half each, several times that on a busy machine. */
export const LONG = { timeout: 1_200_000 };
/** The topic that clients use, which `shop-backend` writes and `spark-streaming` reads. */
export const TOPIC = "transactions";
export const BROKERS = ["kafka-0", "kafka-1", "kafka-2"];

/** An account whose pods are elsewhere, and its Secret with them. */
export const CLIENT = { account: "spark-streaming", namespace: "kafka-test-client" };

export const cluster = inject("cluster");
export const stack = new PlatformStack({
  ...{ cluster, name: "kafka-test", port: PORT },
  // One good answer of a broker's probe instead of three: brokers restart a dozen times.
  minReadySeconds: 0,
});

/** What the first `start` has said. */
export const first: { start: Finished } = { start: { code: null, stdout: "", stderr: "" } };

/** What makes kubectl print the ids of the brokers' pods. */
export const brokerIds = async (): Promise<string[]> => {
  const ids = ["--output", "jsonpath={.items[*].metadata.uid}"];
  const brokers = ["--selector", "app.kubernetes.io/component=broker"];
  return (await stack.kubectl("get", "pods", ...brokers, ...ids)).split(" ");
};
