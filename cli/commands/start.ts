import path from "node:path";
import type Dockerode from "dockerode";
import { KAFKA_BASE_IMAGE } from "../../components/settings/versions.ts";
import { UserError } from "../../engine/user-error.ts";
import { CONFIG_FILE, type Command, ENGINE, STACK, text } from "../arguments.ts";
import { ensureBaseImage } from "../base-image.ts";
import { confirm, isInteractive } from "../confirm.ts";
import { ensureDocker } from "../docker-daemon.ts";
import {
  declaredConfig,
  type LocalOverrides,
  stackConfig,
  writeOverrides,
} from "../effective-config.ts";
import { runEmbedded } from "../embedded.ts";
import type { EngineName } from "../engine-choice.ts";
import { engineFor } from "../engine-facts.ts";
import { ensureStackSecret } from "../initialisation.ts";
import { findPassphrase } from "../passphrase-source.ts";
import { refuseTakenPorts, wantedPorts } from "../ports.ts";
import { Progress, seconds } from "../progress.ts";
import { findStack, LOCAL_DIR, type Stack } from "../project.ts";
import { runPulumiOn } from "../pulumi-stack.ts";
import { platformOutputs, stackOutputs } from "../stack-outputs.ts";
import { platformSummary } from "../summary.ts";
import { ensureUiImage } from "../ui-image.ts";
import { verify } from "../verify.ts";

export const command: Command = {
  summary: "sets everything up on this machine and starts the platform; safe to repeat",
  flags: { stack: STACK, "config-file": CONFIG_FILE, engine: ENGINE },
  async run(args) {
    const began = performance.now();
    const stack = findStack(text(args, "stack"), text(args, "config-file"));
    const progress = new Progress();
    const platform = onThisMachine(stack);
    const { engine, because } = await engineFor(stack, args);
    progress.say(`stack ${stack.name}, engine: ${engine} (${because})`);
    const passphrase = findPassphrase({ create: true });
    if (await ensureStackSecret(stack, passphrase, stack.localFile)) {
      progress.say(`made the stack's secret; it stays on this machine, in ${stack.localFile}`);
    }

    const docker = await progress.step("Docker", (detail) =>
      ensureDocker({
        report: detail,
        confirm: (question) => progress.silently(() => confirm(question)),
        interactive: isInteractive(),
        folder: LOCAL_DIR,
      }),
    );
    writeOverrides(stack, await overridesOf(stack, docker, progress));
    await refuseTakenPorts(docker, platform, wantedPorts(stackConfig(stack)));

    if (!(await up(engine, stack, progress))) return 1;
    const outputs = platformOutputs.parse(
      await stackOutputs(engine, stack, { showSecrets: false }),
    );
    await progress.step("verify", (detail) => verify(outputs, detail));
    console.log(platformSummary(stack.name, outputs, seconds(performance.now() - began)));
    return 0;
  },
};

/** @returns the platform's name on the Docker host */
function onThisMachine(stack: Stack): string {
  const { cluster } = declaredConfig(stack);
  if (cluster.kind === "docker") return cluster.name;
  throw new UserError(
    `Stack ${stack.name} is not on this machine (cluster.kind "${cluster.kind}"): ` +
      `use \`npm run pulumi -- up --stack ${stack.name}\`.`,
  );
}

/** What this machine can have, as far as that differs from what the stack file says. */
async function overridesOf(
  stack: Stack,
  docker: Dockerode,
  progress: Progress,
): Promise<LocalOverrides> {
  const { cluster, ui } = declaredConfig(stack);
  // Somebody who names a base image means it.
  const standard = cluster.kind === "docker" && cluster.baseImage === KAFKA_BASE_IMAGE;
  return {
    cluster: standard ? await baseImage(docker, progress) : undefined,
    ui:
      ui.enabled && !(await hasUiImage(ui.image, docker, progress))
        ? { enabled: false }
        : undefined,
  };
}

async function baseImage(docker: Dockerode, progress: Progress) {
  const cacheDir = path.join(LOCAL_DIR, "cache");
  const { baseImage, agentImage, how } = await progress.step("Kafka base image", (detail) =>
    ensureBaseImage({ docker, report: detail, cacheDir }),
  );
  progress.say(`  ${baseImage}, ${how}`);
  return { baseImage, agentImage };
}

async function hasUiImage(image: string, docker: Dockerode, progress: Progress): Promise<boolean> {
  const missing = await progress.step("Kafka UI image", (detail) =>
    ensureUiImage(docker, image, detail),
  );
  if (missing !== undefined) progress.warn(`starting without Kafka UI: ${missing}`);
  return missing === undefined;
}

async function up(engine: EngineName, stack: Stack, progress: Progress): Promise<boolean> {
  if (engine === "pulumi") return (await runPulumiOn(stack, ["up", "--yes"])) === 0;
  return (await runEmbedded("up", stack, progress)).status === "succeeded";
}
