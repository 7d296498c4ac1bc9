import path from "node:path";
import type Dockerode from "dockerode";
import { KAFKA_BASE_IMAGE } from "../../model/broker/versions.ts";
import { ensureBaseImage } from "../images/base-image.ts";
import { confirm, isInteractive } from "../terminal/confirm.ts";
import { ensureDocker } from "./docker-daemon.ts";
import { refuseForeignVolume } from "./foreign-volume.ts";
import {
  declaredConfig,
  type LocalOverrides,
  stackConfig,
  writeOverrides,
} from "../stack/effective-config.ts";
import { hasStackSecret } from "../stack/initialisation.ts";
import { refuseTakenPorts, wantedPorts } from "./ports.ts";
import type { Progress } from "../terminal/progress.ts";
import { localDir, type Stack } from "../stack/project.ts";
import { ensureUiImage } from "../images/ui-image.ts";

/**
 * Readies this machine for a stack in Docker: a daemon, the images that can be had, free ports. What
 * this machine has instead of what the stack file names goes into the stack's local file.
 */
export async function prepareMachine(stack: Stack, progress: Progress): Promise<void> {
  const docker = await progress.step("Docker", (detail) =>
    ensureDocker({
      report: detail,
      confirm: (question) => progress.silently(() => confirm(question)),
      interactive: isInteractive(),
      folder: localDir(),
    }),
  );
  const declared = declaredConfig(stack).cluster;
  if (declared.kind === "docker" && !hasStackSecret(stack)) {
    await refuseForeignVolume(docker, declared.name);
  }
  writeOverrides(stack, await overridesOf(stack, docker, progress));
  const config = stackConfig(stack);
  if (config.cluster.kind !== "docker") return;
  await refuseTakenPorts(docker, config.cluster.name, wantedPorts(config));
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
  const cacheDir = path.join(localDir(), "cache");
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
