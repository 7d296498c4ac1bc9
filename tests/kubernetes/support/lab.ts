/** Global setup of the Kubernetes tests: the cluster of KUBECONFIG, else the lab, brought up for the run. */
import { execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { kubectl } from "./kubectl.ts";

const LAB = path.resolve(import.meta.dirname, "../lab");

export interface TestCluster {
  /** Path of the kubeconfig file, or several with the system's separator. */
  readonly kubeconfig: string;
  readonly context: string;
  /** Path or name of the client program. */
  readonly kubectl: string;
  /** Folder of the lab's files; undefined: the cluster is not the lab. */
  readonly lab: string | undefined;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly cluster: TestCluster;
  }
}

/** Hands the cluster to the tests (`inject("cluster")`). Returns the teardown, when there is something to take down. */
export default async function setup(
  project: TestProject,
): Promise<(() => Promise<void>) | undefined> {
  const { cluster, takeDown } = await testCluster();
  project.provide("cluster", cluster);
  return takeDown;
}

/** The cluster of KUBECONFIG, else the lab; `takeDown` when it was brought up here and is to go again. */
export async function testCluster(): Promise<{
  readonly cluster: TestCluster;
  readonly takeDown: (() => Promise<void>) | undefined;
}> {
  const kubeconfig = process.env["KUBECONFIG"];
  if (kubeconfig !== undefined && kubeconfig !== "") {
    return { cluster: await givenCluster(kubeconfig), takeDown: undefined };
  }
  const { cluster, takeDown } = await bringUpLab();
  return { cluster, takeDown: takeDown ? takeDownLab : undefined };
}

/** A cluster of the user's: used in its current context, never started or stopped. */
async function givenCluster(kubeconfig: string): Promise<TestCluster> {
  const found = { kubeconfig, kubectl: "kubectl", lab: undefined };
  const context = await kubectl({ ...found, context: "" }, ["config", "current-context"]);
  return { ...found, context: context.trim() };
}

/**
 * Brings the lab up, building it at first use.
 *
 * @returns takeDown: true when the lab was down before and KEEP_LAB is not 1.
 */
export async function bringUpLab(): Promise<{ cluster: TestCluster; takeDown: boolean }> {
  const lab = process.env["K8S_LAB_HOME"] ?? "/var/lib/kafka-platform-lab";
  const wasUp = isUp(lab);
  await labCommand("up.sh");
  return {
    cluster: {
      kubeconfig: path.join(lab, "kubeconfig"),
      context: "lab",
      kubectl: path.join(lab, "bin/kubectl"),
      lab,
    },
    takeDown: !wasUp && process.env["KEEP_LAB"] !== "1",
  };
}

/** Stops the lab; what is on it stays. */
export const takeDownLab = (): Promise<void> => labCommand("down.sh");

/**
 * Gives images of the local Docker daemon to the lab.
 *
 * @returns for each, in order, its reference by digest (`registry/repository@sha256:…`).
 */
export async function importImages(...images: readonly string[]): Promise<string[]> {
  const script = path.join(LAB, "import-image.sh");
  const { stdout } = await promisify(execFile)(script, images);
  return stdout
    .trim()
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "");
}

/** Whether the lab's API server runs; its command line tells it from a stranger with the same id. */
function isUp(lab: string): boolean {
  try {
    const pid = readFileSync(path.join(lab, "run/kube-apiserver.pid"), "utf8").trim();
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`${lab}/`);
  } catch {
    return false;
  }
}

/** Runs a script of the lab with its output shown: the first build takes minutes. */
async function labCommand(script: string): Promise<void> {
  const child = spawn(path.join(LAB, script), { stdio: ["ignore", "inherit", "inherit"] });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  if (code !== 0) throw new Error(`tests/kubernetes/lab/${script} failed; its reason is above.`);
}
