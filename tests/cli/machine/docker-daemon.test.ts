import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type DockerHost, ensureDocker } from "../../../cli/machine/docker-daemon.ts";
import type { DockerFacts } from "../../../cli/machine/docker-decision.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "docker-daemon-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** A machine in memory: a daemon answers once it was started. */
class FakeHost implements DockerHost {
  readonly commands: string[] = [];
  #installed = false;
  #answers = false;
  readonly #facts: Partial<DockerFacts>;

  constructor(facts: Partial<DockerFacts>) {
    this.#facts = facts;
  }

  async facts(interactive: boolean): Promise<DockerFacts> {
    return {
      dockerHost: undefined,
      platform: "linux",
      hasApt: true,
      hasDockerd: this.#installed,
      isRoot: true,
      hasSudo: false,
      hasSystemd: true,
      interactive,
      ...this.#facts,
      daemon: await this.answer(),
    };
  }
  answer() {
    return Promise.resolve(this.#answers ? ("answers" as const) : ("silent" as const));
  }
  run(command: readonly string[]): Promise<void> {
    this.commands.push(command.join(" "));
    this.#installed ||= command.includes("docker.io");
    this.#answers ||= command.includes("systemctl");
    return Promise.resolve();
  }
  detach(command: readonly string[], log: string): void {
    this.commands.push(`${command.join(" ")} > ${path.basename(log)}`);
    this.#answers = true;
  }
}

const UPDATE = "apt-get -qq -o DPkg::Lock::Timeout=300 update";
const INSTALL =
  "env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 " +
  "--no-install-recommends install docker.io iptables";

const ensure = (host: DockerHost, { interactive = false, yes = false } = {}) => {
  const reports: string[] = [];
  const questions: string[] = [];
  const done = ensureDocker(
    {
      folder,
      interactive,
      report: (line) => reports.push(line),
      confirm: (question) => {
        questions.push(question);
        return Promise.resolve(yes);
      },
    },
    host,
  );
  return { done, reports, questions };
};

it("installs and starts by systemd for root, without asking, and leaves no lock", async () => {
  const host = new FakeHost({});
  const { done, reports, questions } = ensure(host);
  await done;
  expect(host.commands).toEqual([UPDATE, INSTALL, "systemctl enable --now docker"]);
  expect(reports).toEqual([
    "installing docker.io and iptables by apt-get",
    "starting the Docker daemon",
  ]);
  expect(questions).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

it("starts the daemon itself where there is no systemd, its output in a file", async () => {
  const host = new FakeHost({ hasSystemd: false, hasDockerd: true });
  await ensure(host).done;
  expect(host.commands).toEqual(["dockerd > dockerd.log"]);
});

it("uses sudo after a yes", async () => {
  const host = new FakeHost({ isRoot: false, hasSudo: true });
  const { done, questions } = ensure(host, { interactive: true, yes: true });
  await done;
  expect(questions).toEqual([
    "Docker is not installed. May I install Docker and start it, with sudo?",
  ]);
  expect(host.commands).toEqual([
    `sudo ${UPDATE}`,
    `sudo ${INSTALL}`,
    "sudo systemctl enable --now docker",
  ]);
});

it("changes nothing after a no", async () => {
  const host = new FakeHost({ isRoot: false, hasSudo: true });
  await expect(ensure(host, { interactive: true }).done).rejects.toThrow("Nothing was changed.");
  expect(host.commands).toEqual([]);
});

it("prepares once when two ask at the same time", async () => {
  const host = new FakeHost({});
  const first = ensure(host);
  const second = ensure(host);
  const isWaiting = () =>
    [...first.reports, ...second.reports].includes(
      "waiting for another process that prepares Docker",
    );
  const run = host.run.bind(host);
  host.run = async (command) => {
    // Whoever is first is not done before the other has come.
    while (!isWaiting()) await sleep(5);
    await run(command);
  };
  await Promise.all([first.done, second.done]);
  expect(host.commands).toEqual([UPDATE, INSTALL, "systemctl enable --now docker"]);
});

it("takes over the lock of a process that is gone", async () => {
  await writeFile(path.join(folder, "docker.lock"), "999999999");
  const host = new FakeHost({ hasDockerd: true });
  await ensure(host).done;
  expect(host.commands).toEqual(["systemctl enable --now docker"]);
});

it("passes the reason of a failed command on, and lets go of the lock", async () => {
  const host = new FakeHost({});
  host.run = () => Promise.reject(new Error('"apt-get update" failed; its reason is above.'));
  await expect(ensure(host).done).rejects.toThrow('"apt-get update" failed');
  expect(await readdir(folder)).toEqual([]);
});
