import type { CommandEntry } from "./terminal/command.ts";

type Declared = Pick<CommandEntry, "summary" | "load">;

/**
 * Every command, by groups, in the order of the help. A command is loaded when it is called: most of
 * the time that one takes to start is spent on loading.
 */
const GROUPS: Readonly<Record<string, Readonly<Record<string, Declared>>>> = {
  "The platform": {
    start: {
      summary: "set everything up on this machine and start the platform",
      load: () => import("./commands/start.ts"),
    },
    outputs: {
      summary: "print addresses and accounts as one JSON object",
      load: () => import("./commands/outputs.ts"),
    },
    client: {
      summary: "write what a client of an account connects with, password included",
      load: () => import("./commands/client.ts"),
    },
    destroy: {
      summary: "remove everything that a stack has made, records included",
      load: () => import("./commands/destroy.ts"),
    },
  },
  Changes: {
    preview: {
      summary: "report what a change does, who gains access, which policies it breaks",
      load: () => import("./commands/preview.ts"),
    },
    pulumi: {
      summary: "run the Pulumi CLI with the right Node and enough parallelism",
      load: () => import("./commands/pulumi.ts"),
    },
    refresh: {
      summary: "read what is really there; the next run mends what was changed by hand",
      load: () => import("./commands/refresh.ts"),
    },
    init: {
      summary: "make what a stack needs once: its secret, on Kubernetes also ids and CA",
      load: () => import("./commands/init.ts"),
    },
    image: {
      summary: "build the images, push them, and pin their digests in the stack file",
      load: () => import("./commands/image.ts"),
    },
    rotate: {
      summary: "take the next step of replacing a password, or the CA",
      load: () => import("./commands/rotate.ts"),
    },
  },
  "The catalogue": {
    access: {
      summary: "show who may do what, as declared",
      load: () => import("./commands/access.ts"),
    },
    capacity: {
      summary: "compute the disks, networks and partitions that declared volumes need",
      load: () => import("./commands/capacity.ts"),
    },
    declarations: {
      summary: "print everything that topics/ declares, as one JSON object",
      load: () => import("./commands/declarations.ts"),
    },
    generate: {
      summary: "write every file that is made of the declarations or the code",
      load: () => import("./commands/generate.ts"),
    },
    "new-catalogue": {
      summary: "replace the demo domains by a first one of your own",
      load: () => import("./commands/new-catalogue.ts"),
    },
  },
  "A running cluster": {
    health: {
      summary: "say in one sentence what is wrong with the cluster, why, what to run",
      load: () => import("./commands/health.ts"),
    },
    groups: {
      summary: "show groups: lag in records and time, whether they move, whose they are",
      load: () => import("./commands/groups.ts"),
    },
    topics: {
      summary: "show topics beside their declarations; one with settings and users",
      load: () => import("./commands/topics.ts"),
    },
    audit: {
      summary: "report what of rights, logins, brokers and secrets is not as it should be",
      load: () => import("./commands/audit.ts"),
    },
    "lock-out": {
      summary: "deny an account everything at once, as when its password has leaked",
      load: () => import("./commands/lock-out.ts"),
    },
    prune: {
      summary: "list what is in the cluster and declared nowhere, and remove it",
      load: () => import("./commands/prune.ts"),
    },
    "test-alert": {
      summary: "send an alert by its real way, and see whether it arrives",
      load: () => import("./commands/test-alert.ts"),
    },
    offsets: {
      summary: "show, reset and put back where a group stands",
      load: () => import("./commands/offsets.ts"),
    },
    reassign: {
      summary: "move partitions off a broker that leaves, or onto one that joined",
      load: () => import("./commands/reassign.ts"),
    },
  },
  "The terminal": {
    completion: {
      summary: "print the completion script of bash or zsh",
      load: () => import("./commands/completion.ts"),
    },
  },
};

export const COMMANDS: readonly CommandEntry[] = Object.entries(GROUPS).flatMap(
  ([group, commands]) =>
    Object.entries(commands).map(([name, declared]) => ({ name, group, ...declared })),
);

/** Names of before; they go with the next release. */
export const FORMER_NAMES: Readonly<Record<string, string>> = {
  plan: "capacity",
  sweep: "prune",
  catalogue: "generate",
  lock: "generate",
  schema: "generate",
};

export const findCommand = (name: string): CommandEntry | undefined =>
  COMMANDS.find((command) => command.name === name);
