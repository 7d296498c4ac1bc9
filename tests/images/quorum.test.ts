import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { FakeExporters, type FakeNode } from "../support/kubernetes/fake-exporters.ts";
import { bash, SCRIPTS } from "./scripts.ts";

const exporters = new FakeExporters();
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "quorum-"));
  writeFileSync(path.join(folder, "formed"), "");
  for (const id of [1, 3]) writeFileSync(path.join(folder, `node-${id}`), `node.id=${id}\n`);
});
afterEach(() => exporters.close());
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const CONTROLLERS = [0, 1, 2]
  .map((id) => `${id}@kafka-${id}.kafka-headless:9093:AAAAAAAAAAAAAAAAAAAA${id}w`)
  .join(",");
const ENVIRONMENT = {
  QUORUM_MODE: "dynamic",
  CLUSTER_ID: "kfkPlatformTestClust03",
  INITIAL_CONTROLLERS: CONTROLLERS,
  PEERS: "127.0.0.2,127.0.0.3",
  HOSTNAME: "kafka-1",
  SCRAPE_SECONDS: "1",
};

/** The part of entrypoint.sh around the decision. */
const DECIDE = `
set -euo pipefail
say() { echo "$*"; }
fail() { echo "$*" >&2; exit 1; }
property() { sed -n "s/^$2=//p" "$1"; }
config=$FOLDER/node-$NODE formed=$FOLDER/$FORMED
source "$SCRIPTS/exporter.sh"
source "$SCRIPTS/quorum.sh"
trap 'exit 143' TERM
check_quorum_settings
choose_quorum
echo "argument $quorum_argument"`;

interface Situation {
  readonly node?: number;
  readonly formed?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

const decide = ({ node = 1, formed = false, env = {} }: Situation = {}) =>
  bash(["-c", DECIDE], {
    ...ENVIRONMENT,
    METRICS_PORT: String(exporters.port),
    FOLDER: folder,
    SCRIPTS,
    NODE: String(node),
    FORMED: formed ? "formed" : "absent",
    ...env,
  });

/** Two peers; nobody answers on this node's own address. */
const peers = (...nodes: FakeNode[]) => exporters.serve([{ status: 404 }, ...nodes]);

const FORM = `argument --initial-controllers=${CONTROLLERS}`;
const JOIN = "argument --no-initial-controllers";
const FOLLOWER: FakeNode = { raft: "follower", leader: 2 };
const LEADERLESS: FakeNode = { raft: "prospective", leader: 2 };

describe("a new disk in a dynamic quorum", () => {
  it.each<[string, FakeNode[], Situation, string]>([
    ["forms when nobody answers and the cluster is new", [], {}, FORM],
    ["forms when peers merely answer", [{ broker: 1 }, {}], {}, FORM],
    ["forms beside candidates: they are as new", [{ raft: "candidate", leader: -1 }], {}, FORM],
    ["forms beside one that has lost its leader", [LEADERLESS], {}, FORM],
    ["forms beside an observer that knows no leader", [{ raft: "observer", leader: -1 }], {}, FORM],
    ["joins a leader", [{}, { raft: "leader", leader: 2 }], {}, JOIN],
    ["joins a follower's leader", [FOLLOWER], {}, JOIN],
    ["joins an observer's leader", [{ raft: "observer", leader: 0 }], {}, JOIN],
    ["joins a leader in a cluster formed before", [FOLLOWER, LEADERLESS], { formed: true }, JOIN],
    ["joins as a node that was not among the first", [FOLLOWER], { node: 3 }, JOIN],
  ])("%s", async (_case, nodes, situation, argument) => {
    await peers(...nodes);
    const { code, stdout, stderr } = await decide(situation).done;
    expect({ code, stderr, last: stdout.split("\n").at(-1) }).toEqual({
      code: 0,
      stderr: "",
      last: argument,
    });
  });

  it.each<[string, Situation, string]>([
    ["formed before", { formed: true }, "this disk is empty, and the cluster was formed before"],
    ["it was not to form", { node: 3 }, "this node is none of INITIAL_CONTROLLERS"],
  ])("waits in a cluster that %s, then joins", async (_case, situation, reason) => {
    await peers(LEADERLESS);
    const waiting = decide(situation);
    await sleep(1500);
    expect(waiting.said().trim()).toBe(
      `waiting for a controller quorum with a leader, to join it: ${reason} ` +
        "(127.0.0.2 is prospective and knows no leader, 127.0.0.3 does not answer)",
    );
    exporters.nodes[1] = FOLLOWER;
    const { code, stdout } = await waiting.done;
    expect({ code, last: stdout.split("\n").at(-1) }).toEqual({ code: 0, last: JOIN });
  });

  it("ends at once when it is stopped while it waits", async () => {
    await peers();
    const waiting = decide({ formed: true });
    while (!waiting.said().includes("waiting")) await sleep(50);
    const stopped = performance.now();
    waiting.child.kill("SIGTERM");
    // Its output stays open for as long as the sleep that it leaves.
    expect(await once(waiting.child, "exit")).toEqual([143, null]);
    expect(performance.now() - stopped).toBeLessThan(1500);
  });
});

describe("settings of the quorum", () => {
  it("of one controller ask no peer", async () => {
    await peers(FOLLOWER);
    const env = { QUORUM_MODE: "standalone", INITIAL_CONTROLLERS: "", PEERS: "", CLUSTER_ID: "" };
    expect((await decide({ env }).done).stdout).toBe("argument --standalone");
    expect(exporters.asked).toEqual([]);
  });

  it.each<[string, NodeJS.ProcessEnv, string]>([
    [
      "an unknown mode",
      { QUORUM_MODE: "chaos" },
      'QUORUM_MODE is "chaos"; wanted: standalone (one controller, which forms the quorum alone) ' +
        "or dynamic (a quorum of several).",
    ],
    [
      "a controller without a directory id",
      { INITIAL_CONTROLLERS: "0@kafka-0:9093" },
      'INITIAL_CONTROLLERS is "0@kafka-0:9093"; wanted: ID@HOST:PORT:DIRECTORY_ID, separated by commas.',
    ],
    [
      "no controllers",
      { INITIAL_CONTROLLERS: "" },
      'INITIAL_CONTROLLERS is ""; wanted: ID@HOST:PORT:DIRECTORY_ID, separated by commas.',
    ],
    [
      "no peers",
      { PEERS: "" },
      "PEERS is empty; wanted: the hosts of all nodes, separated by commas.",
    ],
    [
      "no cluster id",
      { CLUSTER_ID: "" },
      "CLUSTER_ID is empty; QUORUM_MODE dynamic needs it, the same on every node.",
    ],
  ])("with %s are refused", async (_case, env, stderr) => {
    expect(await decide({ env }).done).toMatchObject({ code: 1, stdout: "", stderr });
  });
});
