import path from "node:path";
import type Dockerode from "dockerode";
import {
  ALERTMANAGER_IMAGE,
  LOCAL_ALERTMANAGER_IMAGE,
  LOCAL_PROMETHEUS_IMAGE,
  MONITORING_USER,
  PROMETHEUS_IMAGE,
} from "../../model/observability/observability-images.ts";
import { messageOf } from "../../model/values/user-error.ts";
import { onPath } from "../machine/host.ts";
import { filesOf, RECIPE_LABEL, recipeHash } from "./base-image-recipe.ts";
import { labelsOf, makeLocalImage } from "./local-image.ts";
import { pullImage } from "./pull-image.ts";

/** The programs that this machine can make an image of, where theirs is out of reach. */
export type MonitoringProgram = "prometheus" | "alertmanager";

const IMAGES: Readonly<Record<MonitoringProgram, { official: string; local: string }>> = {
  prometheus: { official: PROMETHEUS_IMAGE, local: LOCAL_PROMETHEUS_IMAGE },
  alertmanager: { official: ALERTMANAGER_IMAGE, local: LOCAL_ALERTMANAGER_IMAGE },
};

const RECIPE_FOLDER = path.resolve(import.meta.dirname, "../../images/monitoring");

/** The image to start, or why there is none. */
export type ImageFound =
  | { readonly image: string; /** One clause for people. */ readonly how: string }
  | { readonly missing: string };

export interface MonitoringImageOptions {
  readonly docker: Dockerode;
  readonly report: (message: string) => void;
  /** Folder that survives between runs. */
  readonly cacheDir: string;
}

/**
 * Makes sure of an image: it is here, else pulled, else (Debian and Ubuntu) made from the distribution's
 * package. Only the standard one is stood in for: somebody who names another image means it.
 */
export async function ensureMonitoringImage(
  program: MonitoringProgram,
  wanted: string,
  options: MonitoringImageOptions,
): Promise<ImageFound> {
  const { docker, report } = options;
  const { official, local } = IMAGES[program];
  if ((await labelsOf(docker, wanted)) !== undefined) {
    return { image: wanted, how: "already on this machine" };
  }
  const recipe = await recipeOf(program);
  const standsIn = wanted === official;
  if (standsIn && (await labelsOf(docker, local))?.[RECIPE_LABEL] === recipe) {
    return { image: local, how: "made on this machine earlier" };
  }
  try {
    await pullImage(docker, wanted, report);
    return { image: wanted, how: "pulled" };
  } catch (error) {
    const reason = messageOf(error);
    if (!standsIn) return { missing: reason };
    report(`${reason}; making ${local} on this machine instead`);
    return makeInstead(program, { ...options, image: local, recipe }, reason);
  }
}

async function makeInstead(
  program: MonitoringProgram,
  options: Parameters<typeof makeLocalImage>[0],
  reason: string,
): Promise<ImageFound> {
  const lacking = ["apt-get", "dpkg-deb", "tar", "bash"].filter((command) => !onPath(command));
  if (lacking.length > 0) {
    const needs = `making one here needs Debian or Ubuntu (not found: ${lacking.join(", ")})`;
    return { missing: `${reason}, and ${needs}` };
  }
  try {
    const script = path.join(RECIPE_FOLDER, "rootfs.sh");
    await makeLocalImage(options, { script, args: [program], changes: changesOf(program) });
    return { image: options.image, how: "made on this machine" };
  } catch (error) {
    return { missing: `${reason}. ${messageOf(error)}` };
  }
}

/** What the official images set, too. */
const changesOf = (program: MonitoringProgram): readonly string[] => [
  `ENTRYPOINT ["/bin/${program}"]`,
  `USER ${String(MONITORING_USER)}`,
  `WORKDIR /${program}`,
  `VOLUME /${program}`,
];

/** Changes whenever the image would come out differently. */
const recipeOf = async (program: MonitoringProgram): Promise<string> =>
  recipeHash(await filesOf(RECIPE_FOLDER), changesOf(program));
