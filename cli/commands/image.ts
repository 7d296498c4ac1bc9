import path from "node:path";
import { CLUSTER_KINDS } from "../../model/stack/cluster-kinds.ts";
import { UserError } from "../../model/values/user-error.ts";
import { text } from "../terminal/arguments.ts";
import { CONFIG_FILE, EXIT, type Command } from "../terminal/command.ts";
import { ensureBaseImage } from "../images/base-image.ts";
import { buildBrokerImage, LOCAL_REPOSITORY, repositoryOf } from "../images/broker-image.ts";
import { buildExporterImage } from "../images/exporter-image.ts";
import { confirm, isInteractive } from "../terminal/confirm.ts";
import { ensureDocker } from "../machine/docker-daemon.ts";
import { Progress } from "../terminal/progress.ts";
import { findStack, localDir, PROJECT, type Stack } from "../stack/project.ts";
import { clusterKind } from "../stack/initialisation.ts";
import { pushImage } from "../images/push-image.ts";
import { setConfigEntry } from "../stack/stack-file.ts";

/** Where the reference of each image belongs in a stack file. */
const WRITTEN = {
  broker: [`${PROJECT}:cluster`, "image"],
  exporter: [`${PROJECT}:observability`, "exporter", "image"],
} as const;

type Image = keyof typeof WRITTEN;
const IMAGES: readonly Image[] = ["broker", "exporter"];

export const command: Command = {
  description: "The images of the broker and of the exporter. Without --push they are only built.",
  flags: {
    push: {
      type: "string",
      value: "REPO",
      description:
        "push them to REPO/broker and REPO/exporter, and write their digests into the stack file",
    },
    stack: {
      type: "string",
      value: "NAME",
      description: "the stack that is to run them (default: prod)",
    },
    "config-file": CONFIG_FILE,
  },
  async run(args) {
    const prefix = text(args, "push");
    const repositories = {
      broker: repositoryOf(prefix ?? LOCAL_REPOSITORY, "broker"),
      exporter: repositoryOf(prefix ?? LOCAL_REPOSITORY, "exporter"),
    };
    // Before anything takes time.
    const stack =
      prefix === undefined
        ? undefined
        : pullingStack(text(args, "stack"), text(args, "config-file"));
    const progress = new Progress();
    const docker = await progress.step("Docker", (report) =>
      ensureDocker({
        report,
        confirm: (question) => progress.silently(() => confirm(question)),
        interactive: isInteractive(),
        folder: localDir(),
      }),
    );
    const base = await progress.step("Kafka base image", (report) =>
      ensureBaseImage({ docker, report, cacheDir: path.join(localDir(), "cache") }),
    );
    progress.say(`  ${base.baseImage}, ${base.how}`);
    const built = {
      broker: await progress.step("broker image", (report) =>
        buildBrokerImage(docker, { repository: repositories.broker, base }, report),
      ),
      exporter: await progress.step("exporter image", (report) =>
        buildExporterImage(docker, repositories.exporter, report),
      ),
    };
    for (const image of IMAGES) {
      console.log(`${repositories[image]}:${built[image].tag} ${built[image].id}`);
    }
    if (stack === undefined) return EXIT.fine;

    // Both are there before either is named.
    const references = new Map<Image, string>();
    for (const image of IMAGES) {
      const digest = await progress.step(`push of the ${image}`, (report) =>
        pushImage(docker, repositories[image], built[image].tag, report),
      );
      references.set(image, `${repositories[image]}@${digest}`);
    }
    for (const [image, reference] of references) {
      const [key, ...entry] = WRITTEN[image];
      setConfigEntry(stack.file, key, entry, reference);
      const named = [key.slice(PROJECT.length + 1), ...entry].join(".");
      console.log(`${reference} is now ${named} in ${stack.file}`);
    }
    return EXIT.fine;
  },
};

/** Only some clusters take their image from a registry: Docker builds its own. */
function pullingStack(name = "prod", configFile: string | undefined): Stack {
  const stack = findStack(name, configFile);
  const kind = clusterKind(stack);
  if (kind.pullsImage) return stack;
  const pulling = Object.values(CLUSTER_KINDS).filter(({ pullsImage }) => pullsImage);
  throw new UserError(
    `Stack ${stack.name} does not take its image from a registry: cluster.kind in ${stack.file} is ` +
      `"${kind.name}", and only ${pulling.map(({ name }) => `"${name}"`).join(", ")} does. Name another stack with --stack.`,
  );
}
