/** What to do about the Docker daemon: a pure decision over what was found on this machine. */

export type DaemonAnswer =
  /** It answered. */
  | "answers"
  /** The socket is there and this user may not use it. */
  | "denied"
  /** No socket, or nobody behind it. */
  | "silent";

export interface DockerFacts {
  readonly daemon: DaemonAnswer;
  /** Value of DOCKER_HOST; undefined when unset. */
  readonly dockerHost: string | undefined;
  readonly platform: NodeJS.Platform;
  /** Debian, Ubuntu and relatives. */
  readonly hasApt: boolean;
  /** The daemon's program is installed. */
  readonly hasDockerd: boolean;
  readonly isRoot: boolean;
  readonly hasSudo: boolean;
  /** Somebody can answer a question. */
  readonly interactive: boolean;
  /** systemd is process 1 and starts services. */
  readonly hasSystemd: boolean;
}

export type DockerAction =
  | { readonly kind: "use" }
  | {
      readonly kind: "prepare";
      readonly install: boolean;
      readonly start: "systemd" | "dockerd";
      /** Question to be answered with yes first; undefined: root needs none. */
      readonly question: string | undefined;
    }
  | { readonly kind: "refuse"; readonly message: string };

/** Docker's daemon; iptables because the daemon only recommends it and cannot publish ports without. */
export const DOCKER_PACKAGES = ["docker.io", "iptables"] as const;

const BY_HAND = "sudo apt-get install docker.io iptables && sudo systemctl start docker";

export function decideDocker(facts: DockerFacts): DockerAction {
  if (facts.daemon === "answers") return { kind: "use" };
  if (facts.dockerHost !== undefined) {
    return refuse(
      `DOCKER_HOST is ${facts.dockerHost}, and ` +
        (facts.daemon === "denied"
          ? "this user may not use it."
          : "no Docker daemon answers there.") +
        " Correct or unset it.",
    );
  }
  if (facts.daemon === "denied") {
    return refuse(
      "Docker is running, but this user may not use its socket. Join its group and log in again: " +
        'sudo usermod -aG docker "$USER"',
    );
  }
  if (facts.platform !== "linux") {
    return refuse("Docker is not running. Install Docker Desktop (or start it), then try again.");
  }
  const install = !facts.hasDockerd;
  if (install && !facts.hasApt) {
    return refuse(
      "Docker is not installed, and only Debian's and Ubuntu's packages are known here. " +
        "Install Docker Engine as its documentation says for this distribution, then try again.",
    );
  }
  const prepare = {
    kind: "prepare",
    install,
    start: facts.hasSystemd ? "systemd" : "dockerd",
  } as const;
  if (facts.isRoot) return { ...prepare, question: undefined };
  const what = install ? "install Docker and start it" : "start the Docker daemon";
  if (!facts.hasSudo || !facts.interactive) {
    const byHand = install
      ? BY_HAND
      : facts.hasSystemd
        ? "sudo systemctl start docker"
        : "sudo dockerd";
    return refuse(`Docker is not ${install ? "installed" : "running"}. As root: ${byHand}`);
  }
  return {
    ...prepare,
    question: `Docker is not ${install ? "installed" : "running"}. May I ${what}, with sudo?`,
  };
}

const refuse = (message: string): DockerAction => ({ kind: "refuse", message });
