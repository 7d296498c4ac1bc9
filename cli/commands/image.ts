import path from "node:path";
import { CLUSTER_KINDS } from "../../model/stack/cluster-kinds.ts";
import { UserError } from "../../model/values/user-error.ts";
import { text } from "../terminal/arguments.ts";
import { CONFIG_FILE, EXIT, type Command } from "../terminal/command.ts";
import { ensureBaseImage } from "../images/base-image.ts";
import { brokerRepository, buildBrokerImage, LOCAL_REPOSITORY } from "../images/broker-image.ts";
import { confirm, isInteractive } from "../terminal/confirm.ts";
import { ensureDocker } from "../machine/docker-daemon.ts";
import { Progress } from "../terminal/progress.ts";
import { findStack, localDir, PROJECT, type Stack } from "../stack/project.ts";
import { clusterKind } from "../stack/initialisation.ts";
import { pushImage } from "../images/push-image.ts";
import { setConfigEntry } from "../stack/stack-file.ts";

const CLUSTER_KEY = `${PROJECT}:cluster`;

export const command: Command = {
  description: "Without --push it is only built.",
  flags: {
    push: {
      type: "string",
      value: "REPO",
      description: "push it to REPO/broker, and write its digest into the stack file",
    },
    stack: {
      type: "string",
      value: "NAME",
      description: "the stack that is to run it (default: prod)",
    },
    "config-file": CONFIG_FILE,
  },
  async run(args) {
    const prefix = text(args, "push");
    const repository = brokerRepository(prefix ?? LOCAL_REPOSITORY);
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
    const { tag, id } = await progress.step("broker image", (report) =>
      buildBrokerImage(docker, { repository, base }, report),
    );
    console.log(`${repository}:${tag} ${id}`);

    if (stack !== undefined) {
      const digest = await progress.step("push", (report) =>
        pushImage(docker, repository, tag, report),
      );
      const reference = `${repository}@${digest}`;
      setConfigEntry(stack.file, CLUSTER_KEY, "image", reference);
      console.log(`${reference} is now cluster.image in ${stack.file}`);
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
