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
import { observabilityKind, OBSERVERS } from "../../model/observability/observability-settings.ts";
import type { StackConfig } from "../../model/stack/stack-config.ts";
import { findObservabilityImages, imageOverrides } from "./observability-images.ts";

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
  const declared = declaredConfig(stack);
  const { cluster, ui } = declared;
  // Beside the rest: most of the time is spent waiting for registries.
  const watching = observabilityOverrides(declared, docker, progress);
  // Somebody who names a base image means it.
  const standard = cluster.kind === "docker" && cluster.baseImage === KAFKA_BASE_IMAGE;
  return {
    cluster: standard ? await baseImage(docker, progress) : undefined,
    ui:
      ui.enabled && !(await hasUiImage(ui.image, docker, progress))
        ? { enabled: false }
        : undefined,
    observability: await watching.finished(),
  };
}

const NAMES = { ...OBSERVERS, exporter: "the exporter" };

/** Begins at once, and is waited for later under a step of its own. */
function observabilityOverrides(
  config: StackConfig,
  docker: Dockerode,
  progress: Progress,
): { readonly finished: () => Promise<LocalOverrides["observability"]> } {
  if (observabilityKind(config) === "none") return { finished: () => Promise.resolve(undefined) };
  let report: (text: string) => void = () => undefined;
  const cacheDir = path.join(localDir(), "cache");
  const found = findObservabilityImages(config, {
    docker,
    report: (text) => report(text),
    cacheDir,
  });
  // Whoever fails meanwhile tells of that; this is asked again by the next start.
  found.catch(() => undefined);
  return {
    async finished() {
      const images = await progress.step("images of what watches the broker", (detail) => {
        report = detail;
        return found;
      });
      for (const [program, one] of Object.entries(images)) {
        const name = NAMES[program as keyof typeof NAMES];
        if ("missing" in one) progress.warn(`starting without ${name}: ${one.missing}`);
        else progress.say(`  ${one.image}, ${one.how}`);
      }
      return imageOverrides(config.observability, images);
    },
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
