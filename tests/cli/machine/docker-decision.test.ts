import { describe, expect, it } from "vitest";
import { decideDocker, type DockerFacts } from "../../../cli/machine/docker-decision.ts";

/** An ordinary user on a Debian desktop without Docker. */
const DESKTOP: DockerFacts = {
  daemon: "silent",
  dockerHost: undefined,
  platform: "linux",
  hasApt: true,
  hasDockerd: false,
  isRoot: false,
  hasSudo: true,
  interactive: true,
  hasSystemd: true,
};

const ASK_INSTALL = "Docker is not installed. May I install Docker and start it, with sudo?";
const ASK_START = "Docker is not running. May I start the Docker daemon, with sudo?";

describe("Docker is used or prepared", () => {
  it.each<[string, Partial<DockerFacts>, unknown]>([
    ["a daemon that answers", { daemon: "answers" }, { kind: "use" }],
    [
      "a remote daemon that answers",
      { daemon: "answers", dockerHost: "tcp://127.0.0.1:2375", platform: "darwin" },
      { kind: "use" },
    ],
    [
      "nothing installed, root, systemd",
      { isRoot: true, interactive: false },
      { kind: "prepare", install: true, start: "systemd", question: undefined },
    ],
    [
      "nothing installed, root in a container",
      { isRoot: true, hasSystemd: false, hasSudo: false },
      { kind: "prepare", install: true, start: "dockerd", question: undefined },
    ],
    [
      "installed and stopped, root in a container without apt",
      { isRoot: true, hasSystemd: false, hasDockerd: true, hasApt: false },
      { kind: "prepare", install: false, start: "dockerd", question: undefined },
    ],
    [
      "nothing installed, a user with sudo",
      {},
      { kind: "prepare", install: true, start: "systemd", question: ASK_INSTALL },
    ],
    [
      "installed and stopped, a user with sudo",
      { hasDockerd: true, hasSystemd: false },
      { kind: "prepare", install: false, start: "dockerd", question: ASK_START },
    ],
  ])("given %s", (_case, facts, expected) => {
    expect(decideDocker({ ...DESKTOP, ...facts })).toEqual(expected);
  });
});

describe("Docker is refused, with the one thing to do", () => {
  it.each<[string, Partial<DockerFacts>, string]>([
    [
      "the socket of another group",
      { daemon: "denied", isRoot: false },
      'may not use its socket. Join its group and log in again: sudo usermod -aG docker "$USER"',
    ],
    [
      "DOCKER_HOST without a daemon, even for root",
      { dockerHost: "tcp://10.0.0.9:2375", isRoot: true },
      "DOCKER_HOST is tcp://10.0.0.9:2375, and no Docker daemon answers there. Correct or unset it.",
    ],
    [
      "DOCKER_HOST that is denied",
      { dockerHost: "unix:///run/other.sock", daemon: "denied" },
      "DOCKER_HOST is unix:///run/other.sock, and this user may not use it. Correct or unset it.",
    ],
    ["macOS", { platform: "darwin", hasApt: false }, "Install Docker Desktop (or start it)"],
    ["another distribution", { hasApt: false }, "Install Docker Engine as its documentation says"],
    [
      "nobody to ask",
      { interactive: false },
      "As root: sudo apt-get install docker.io iptables && sudo systemctl start docker",
    ],
    [
      "no sudo, installed",
      { hasSudo: false, hasDockerd: true },
      "Docker is not running. As root: sudo systemctl start docker",
    ],
    [
      "no sudo, installed, no systemd",
      { hasSudo: false, hasDockerd: true, hasSystemd: false },
      "Docker is not running. As root: sudo dockerd",
    ],
  ])("given %s", (_case, facts, message) => {
    const action = decideDocker({ ...DESKTOP, ...facts });
    expect(action).toMatchObject({ kind: "refuse" });
    expect((action as { message: string }).message).toContain(message);
  });
});
