/** What can be lost of a dev stack behind the back of whoever runs it, alone and together. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { DockerStack } from "../support/docker/docker-stack.ts";

/** Names of what the stack has made on Docker. */
export interface Made {
  readonly stack: DockerStack;
  /** Name of the stack. */
  readonly name: string;
  /** Name of the platform, which its objects begin with. */
  readonly platform: string;
}

export interface Loss {
  readonly what: string;
  readonly cause: (made: Made) => void;
  /** Whether the records are gone with it. @default false */
  readonly records?: true;
  /** Whether what knows of the stack is gone: then nothing can be read, or destroyed. @default false */
  readonly memory?: true;
  /** Whether Docker has nothing of the stack any more. @default false */
  readonly nothingLeft?: boolean;
}

export const docker = (...args: readonly string[]): string =>
  execFileSync("docker", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

const container = ({ platform }: Made) => docker("rm", "--force", `${platform}-broker`);
const volume = ({ platform }: Made) => docker("volume", "rm", `${platform}-data`);
const network = ({ platform }: Made) => docker("network", "rm", platform);

/** By id: with a tag of somebody else's it would still be there. */
function image({ platform }: Made): void {
  const filter = ["--filter", `reference=${platform}/*`];
  const ids = docker("images", "--quiet", ...filter).split("\n");
  docker("image", "rm", "--force", ...ids.filter((id) => id !== ""));
}

/** What the engine remembers, the copy of before included. The secret of the stack stays. */
export function forget({ stack, name }: Made): void {
  const folder = path.join(stack.checkout.folder, ".kafka-platform", name);
  for (const file of readdirSync(folder)) {
    if (file.startsWith("state.")) rmSync(path.join(folder, file));
  }
  rmSync(stack.backend, { recursive: true });
  mkdirSync(stack.backend);
}

const all =
  (...causes: readonly Loss["cause"][]): Loss["cause"] =>
  (made) => {
    for (const cause of causes) cause(made);
  };

export const LOSSES: readonly Loss[] = [
  {
    what: "the container stopped",
    cause: ({ platform }) => void docker("stop", `${platform}-broker`),
  },
  { what: "the container", cause: all(container) },
  { what: "container and volume", cause: all(container, volume), records: true },
  { what: "container and network", cause: all(container, network) },
  { what: "container and image", cause: all(container, image) },
  {
    what: "container, volume, network and image",
    cause: all(container, volume, network, image),
    records: true,
  },
  { what: "the state", cause: forget, memory: true },
  { what: "state and container", cause: all(forget, container), memory: true },
  {
    what: "state, container and volume",
    cause: all(forget, container, volume),
    records: true,
    memory: true,
  },
  {
    what: "state, container, volume, network and image",
    cause: all(forget, container, volume, network, image),
    records: true,
    memory: true,
    nothingLeft: true,
  },
];
