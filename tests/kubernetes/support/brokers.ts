/** The brokers' pods, watched and made sick. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { PlatformStack } from "./platform-stack.ts";

export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly deletionTimestamp?: string;
  };
  readonly status: {
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly {
      readonly containerID?: string;
      readonly started?: boolean;
      readonly restartCount: number;
    }[];
  };
}

/** Six failures at ten seconds' distance, on a busy machine. */
const LIVENESS_MS = 240_000;
const SELECTOR = ["--selector", "app.kubernetes.io/component=broker"];

/** The pods of all brokers, in their order. */
export async function brokerPods(stack: PlatformStack): Promise<Pod[]> {
  const found = await stack.kubectl("get", "pods", ...SELECTOR, "--output", "json");
  return (JSON.parse(found) as { items: Pod[] }).items;
}

/** Names of the pods whose broker takes part: started, and not about to be taken away. */
export const servingBrokers = async (stack: PlatformStack): Promise<string[]> =>
  (await brokerPods(stack))
    .filter(
      ({ metadata, status }) =>
        metadata.deletionTimestamp === undefined && status.containerStatuses?.[0]?.started === true,
    )
    .map(({ metadata }) => metadata.name);

/** The revisions of the StatefulSet that the brokers' pods are of: one, unless a roll is under way. */
export async function brokerRevisions(stack: PlatformStack): Promise<string[]> {
  const hash = "jsonpath={.items[*].metadata.labels.controller-revision-hash}";
  const found = await stack.kubectl("get", "pods", ...SELECTOR, "--output", hash);
  return [...new Set(found.split(" "))];
}

/** Waits until these brokers are all ready, or none of them is. */
export const waitForReadiness = (
  stack: PlatformStack,
  ready: boolean,
  pods: readonly string[],
): Promise<string> =>
  stack.kubectl(
    ...["wait", `--for=condition=Ready=${String(ready)}`, "--timeout=120s"],
    ...pods.map((pod) => `pod/${pod}`),
  );

/**
 * Stops a broker's process where it stands; its connections stay open and say nothing. Its liveness
 * ends it a minute later.
 */
export async function freeze(stack: PlatformStack, pod: string): Promise<{ thaw: () => void }> {
  const pid = await brokerProcess(stack, pod);
  process.kill(pid, "SIGSTOP");
  return {
    thaw() {
      if (existsSync(`/proc/${String(pid)}`)) process.kill(pid, "SIGCONT");
    },
  };
}

/** Waits until Kubernetes has given a broker up whose liveness failed, and told it to end. */
export async function isEndedByLiveness(stack: PlatformStack, pod: string): Promise<void> {
  const found = (await brokerPods(stack)).find(({ metadata }) => metadata.name === pod);
  const killing = `reason=Killing,involvedObject.uid=${found?.metadata.uid ?? ""}`;
  const look = ["get", "events", "--field-selector", killing, "--output", "name"];
  const deadline = Date.now() + LIVENESS_MS;
  while ((await stack.kubectl(...look)) === "") {
    if (Date.now() > deadline) throw new Error(`${pod} is sick, and its liveness does not end it`);
    await sleep(1000);
  }
}

/** Process id of a broker's JVM. @throws Error when there is none at this moment */
export async function brokerProcess(stack: PlatformStack, pod: string): Promise<number> {
  const found = (await brokerPods(stack)).find(({ metadata }) => metadata.name === pod);
  const [, container = ""] = found?.status.containerStatuses?.[0]?.containerID?.split("//") ?? [];
  return javaOf(container);
}

/** The lab's containers are processes of this machine, told by their control group. */
function javaOf(container: string): number {
  const read = (pid: string, file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, "utf8");
    } catch {
      return ""; // ended meanwhile
    }
  };
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const [pid] = pids.filter(
    (name) => read(name, "comm") === "java\n" && read(name, "cgroup").includes(container),
  );
  if (container === "" || pid === undefined) throw new Error(`no Java in "${container}"`);
  return Number(pid);
}

/** The fewest brokers that served at any moment while `work` ran. */
export async function fewestServing<T>(
  stack: PlatformStack,
  work: Promise<T>,
): Promise<{ result: T; fewest: number }> {
  const finished = { yet: false };
  const mark = () => (finished.yet = true);
  work.then(mark, mark);
  let fewest = Infinity;
  while (!finished.yet) {
    fewest = Math.min(fewest, (await servingBrokers(stack)).length);
    await sleep(500);
  }
  return { result: await work, fewest };
}
