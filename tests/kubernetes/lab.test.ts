/** The lab itself: that it does what the tests on it rely on. */
import { existsSync } from "node:fs";
import path from "node:path";
import Dockerode from "dockerode";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import {
  importScratchImage,
  removeScratchImage,
  SCRATCH_REFERENCE,
} from "../support/docker/scratch-image.ts";
import { applyObjects, kubectl } from "./support/kubectl.ts";
import { importImages } from "./support/lab.ts";
import {
  claim,
  NAMESPACE,
  namespace,
  NODE_PORT,
  restrictedPod,
  service,
} from "./support/lab-objects.ts";

const cluster = inject("cluster");
const docker = new Dockerode();
let digestReference = "";

const run = (...args: string[]) => kubectl(cluster, ["--namespace", NAMESPACE, ...args]);
const inPod = (...command: string[]) => run("exec", "server-0", "--", ...command);
const field = async (object: string, jsonPath: string) =>
  run("get", object, "--output", `jsonpath={${jsonPath}}`);

describe("the lab", () => {
  beforeAll(async () => {
    if (cluster.lab === undefined) return;
    await importScratchImage(docker);
    [digestReference = ""] = await importImages(SCRATCH_REFERENCE);
    await applyObjects(cluster, [
      namespace,
      claim("data-server-0", "1Gi"),
      service,
      restrictedPod("server-0", digestReference, "data-server-0"),
      restrictedPod("by-name", SCRATCH_REFERENCE),
    ]);
    await run("wait", "--for=condition=Ready", "pod", "--all", "--timeout=60s");
  });

  beforeEach(({ skip }) => {
    skip(cluster.lab === undefined, "KUBECONFIG names another cluster");
  });

  afterAll(async () => {
    if (cluster.lab === undefined) return;
    await kubectl(cluster, ["delete", "namespace", NAMESPACE, "--ignore-not-found", "--wait"]);
    await removeScratchImage(docker);
  });

  it("runs an imported image by digest and by name, without a pull", async () => {
    expect(digestReference).toMatch(
      /^docker\.io\/kafka-platform\/test-busybox@sha256:[0-9a-f]{64}$/,
    );
    const used = await field("pod/server-0", ".status.containerStatuses[0].imageID");
    expect(await field("pod/by-name", ".status.containerStatuses[0].imageID")).toBe(used);
  });

  it("answers the same digest when an image is imported again", async () => {
    expect(await importImages(SCRATCH_REFERENCE)).toEqual([digestReference]);
  });

  it("refuses a pod that a restricted namespace does not allow", async () => {
    const pod = restrictedPod("root", SCRATCH_REFERENCE);
    const privileged = { ...pod, spec: { ...pod.spec, securityContext: {} } };
    await expect(applyObjects(cluster, [privileged])).rejects.toThrow(
      'violates PodSecurity "restricted:latest": runAsNonRoot != true',
    );
  });

  it("gives the claim a volume that the pod's group may write", async () => {
    expect(await inPod("stat", "-c", "%g %a", "/data")).toBe("1000 2775\n");
    await inPod("touch", "/data/kept");
    await run("delete", "pod", "server-0", "--grace-period=0", "--force");
    await applyObjects(cluster, [restrictedPod("server-0", digestReference, "data-server-0")]);
    await run("wait", "--for=condition=Ready", "pod/server-0", "--timeout=60s");
    expect(await inPod("ls", "/data")).toBe("kept\n");
  });

  it("answers on a NodePort at the node's address, and only there", async () => {
    const address = await kubectl(cluster, [
      ...["get", "node", "lab", "--output"],
      `jsonpath={.status.addresses[?(@.type=="InternalIP")].address}`,
    ]);
    const answer = await fetch(`http://${address}:${NODE_PORT}/up`);
    expect(await answer.text()).toBe("up\n");
    await expect(fetch(`http://127.0.0.1:${NODE_PORT}/up`)).rejects.toThrow("fetch failed");
  });

  it("resolves services and pods by name, and nothing outside", async () => {
    const clusterIp = await field("service/server", ".spec.clusterIP");
    expect(await inPod("nslookup", `server.${NAMESPACE}.svc.cluster.local`)).toContain(
      `Address: ${clusterIp}\n`,
    );
    await expect(inPod("nslookup", "example.com.")).rejects.toThrow("exit code 1");
  });

  it("grows a claim and its volume", async () => {
    const size = { spec: { resources: { requests: { storage: "3Gi" } } } };
    await run("patch", "pvc/data-server-0", "--patch", JSON.stringify(size));
    await run("wait", "pvc/data-server-0", "--for=jsonpath={.status.capacity.storage}=3Gi");
    const volume = await field("pvc/data-server-0", ".spec.volumeName");
    expect(await field(`pv/${volume}`, ".spec.capacity.storage")).toBe("3Gi");
    expect(await field("pvc/data-server-0", ".status.conditions")).toBe("");
  });

  it("removes the directory of a claim that was deleted", async () => {
    const volume = await field("pvc/data-server-0", ".spec.volumeName");
    const directory = await field(`pv/${volume}`, ".spec.local.path");
    expect(path.dirname(directory)).toBe(path.join(cluster.lab ?? "", "data/volumes"));
    await run("delete", "pod/server-0", "pvc/data-server-0", "--grace-period=1");
    await run("wait", `pv/${volume}`, "--for=delete", "--timeout=30s");
    expect(existsSync(directory)).toBe(false);
  });
});
