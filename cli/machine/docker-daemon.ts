/** A Docker daemon to work with: the one that runs, else (Debian and Ubuntu) one installed and started. */
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Dockerode from "dockerode";
import {
  type DaemonAnswer,
  decideDocker,
  DOCKER_PACKAGES,
  type DockerAction,
  type DockerFacts,
} from "./docker-decision.ts";
import { aptInstallCommands, asRoot, isRoot, onPath, systemPath } from "./host.ts";
import { lockedFile } from "./docker-lock.ts";
import { UserError } from "../../model/values/user-error.ts";

export interface DockerOptions {
  /** Receives one line per step; the caller adds the time. */
  readonly report: (message: string) => void;
  /** Asks before anything runs under sudo. */
  readonly confirm: (question: string) => Promise<boolean>;
  /** Whether somebody is there to answer. */
  readonly interactive: boolean;
  /** Folder for the daemon's log where nothing else keeps it, and for the lock. */
  readonly folder: string;
}

/** What the rest of this file does to the machine; tests put their own in its place. */
export interface DockerHost {
  facts(interactive: boolean): Promise<DockerFacts>;
  answer(): Promise<DaemonAnswer>;
  /** Runs a command on the terminal; rejects when it fails. */
  run(command: readonly string[]): Promise<void>;
  /** Starts a command that outlives this process, its output in a file. */
  detach(command: readonly string[], log: string): void;
}

const ANSWERS_WITHIN_MS = 60_000;
const POLL_MS = 500;

/**
 * A client of a daemon that answers. DOCKER_HOST and the usual sockets are honoured; what is missing
 * is installed and started by root at once, by others through sudo when they agree.
 *
 * @throws UserError with the one thing to do where that is not possible.
 */
export async function ensureDocker(
  options: DockerOptions,
  host: DockerHost = machine,
): Promise<Dockerode> {
  const found = decideDocker(await host.facts(options.interactive));
  if (found.kind === "refuse") throw new UserError(found.message);
  if (found.kind === "prepare") {
    if (found.question !== undefined && !(await options.confirm(found.question))) {
      throw new UserError("Without Docker there is nothing to start. Nothing was changed.");
    }
    await mkdir(options.folder, { recursive: true });
    await lockedFile(path.join(options.folder, "docker.lock"), options.report, async () => {
      // Whoever held the lock before may have done it all.
      const now = decideDocker(await host.facts(options.interactive));
      if (now.kind === "prepare") await prepare(now, options, host);
    });
  }
  return new Dockerode();
}

async function prepare(
  action: DockerAction & { kind: "prepare" },
  { report, folder }: DockerOptions,
  host: DockerHost,
): Promise<void> {
  const root = action.question === undefined;
  if (action.install) {
    report(`installing ${DOCKER_PACKAGES.join(" and ")} by apt-get`);
    for (const command of aptInstallCommands(DOCKER_PACKAGES))
      await host.run(asRoot(command, root));
  }
  report("starting the Docker daemon");
  const log = path.join(folder, "dockerd.log");
  if (action.start === "systemd") {
    await host.run(asRoot(["systemctl", "enable", "--now", "docker"], root));
  } else if ((await host.answer()) === "silent") {
    host.detach(asRoot(["dockerd"], root), log);
  }
  const where = action.start === "systemd" ? "journalctl -u docker" : log;
  await answering(host, where);
}

async function answering(host: DockerHost, log: string): Promise<void> {
  const deadline = Date.now() + ANSWERS_WITHIN_MS;
  for (;;) {
    const answer = await host.answer();
    if (answer === "answers") return;
    if (answer === "denied") {
      const facts = await host.facts(false);
      const refused = decideDocker({ ...facts, daemon: "denied" });
      throw new UserError(
        refused.kind === "refuse" ? refused.message : "The Docker socket is closed.",
      );
    }
    if (Date.now() > deadline) {
      throw new UserError(
        `The Docker daemon was started but does not answer within ${ANSWERS_WITHIN_MS / 1000} s. ` +
          `Its log: ${log}`,
      );
    }
    await sleep(POLL_MS);
  }
}

const machine: DockerHost = {
  async facts(interactive) {
    return {
      daemon: await this.answer(),
      dockerHost: process.env["DOCKER_HOST"] || undefined,
      platform: process.platform,
      hasApt: onPath("apt-get") && onPath("dpkg"),
      hasDockerd: onPath("dockerd"),
      isRoot: isRoot(),
      hasSudo: onPath("sudo"),
      interactive,
      hasSystemd: existsSync("/run/systemd/system"),
    };
  },
  async answer() {
    try {
      await new Dockerode({ timeout: 10_000 }).ping();
      return "answers";
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === "EACCES" || code === "EPERM" ? "denied" : "silent";
    }
  },
  async run([program = "", ...args]) {
    const child = spawn(program, args, {
      stdio: ["inherit", "ignore", "inherit"],
      env: { ...process.env, PATH: systemPath() },
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject).on("close", resolve);
    });
    if (code !== 0)
      throw new UserError(`"${[program, ...args].join(" ")}" failed; its reason is above.`);
  },
  detach([program = "", ...args], log) {
    const output = openSync(log, "a", 0o600);
    spawn(program, args, {
      detached: true,
      stdio: ["ignore", output, output],
      env: { ...process.env, PATH: systemPath() },
    }).unref();
    closeSync(output);
  },
};
