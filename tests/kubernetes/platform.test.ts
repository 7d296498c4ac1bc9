/**
 * The prod stack as its users have it, on a real Kubernetes: put up once, used, operated, harmed, removed.
 * What is done to it is in ./platform, a file for each part; they build on each other, in this order.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { installConfluentClient } from "../support/kafka/confluent-client.ts";
import { alerts, alertsOver, beginReceiving, stopReceiving } from "./platform/alerts.ts";
import { changedByHand } from "./platform/by-hand.ts";
import { clients } from "./platform/clients.ts";
import { exporter } from "./platform/exporter.ts";
import { faults } from "./platform/faults.ts";
import { goingUp } from "./platform/going-up.ts";
import { operations } from "./platform/operations.ts";
import { CLIENT, cluster, LONG, stack } from "./platform/stack.ts";
import { importUiStandIn, removeUiStandIn, UI_IMAGE } from "./support/ui-image.ts";

/** It is whoever's the clients are: the platform makes no namespace for them. */
const removeClientNamespace = () =>
  stack.kubectl("delete", "namespace", CLIENT.namespace, "--ignore-not-found", "--wait");

describe("the prod stack on Kubernetes", () => {
  beforeAll(async () => {
    if (cluster.lab === undefined) return;
    installConfluentClient();
    await importUiStandIn();
    await stack.begin({ image: UI_IMAGE }, undefined, await beginReceiving());
    await removeClientNamespace();
    // Not the newest: it is raised on the way.
    stack.set("metadataVersion", "4.2");
  });

  beforeEach(({ skip }) => {
    skip(cluster.lab === undefined, "KUBECONFIG names another cluster");
  });

  afterAll(async () => {
    if (cluster.lab === undefined) return;
    await stack.end();
    await stopReceiving();
    await removeClientNamespace();
    removeUiStandIn();
  });

  describe("put up from nothing", goingUp);
  describe("for its clients", clients);
  describe("looked at by its exporter", exporter);
  describe("changed by hand", changedByHand);
  describe("operated while a client writes", operations);
  describe("watched through all of that", alerts);
  describe("harmed while clients write", faults);
  describe("whose alerts", alertsOver);

  it("leaves nothing when it is destroyed", LONG, async () => {
    await stack.succeed("destroy", "--yes");
    // The volume of the broker that has left goes with the namespace, and is waited for by nobody.
    await expect.poll(() => stack.volumes(), { timeout: 60_000 }).toEqual([]);
    expect(await stack.kubectl("get", "all,pvc,configmap,secret", "--output", "name")).toBe("");
    await expect(stack.kubectl("get", "namespace", stack.namespace)).rejects.toThrow(
      `namespaces "${stack.namespace}" not found`,
    );
    const secrets = ["get", "secrets", "--namespace", CLIENT.namespace, "--output", "name"];
    expect(await stack.kubectl(...secrets)).toBe("");
    const gone = await stack.run("outputs");
    expect(gone.code).toBe(1);
    expect(gone.stderr).toContain("Stack kafka-test is not up");
  });
});
