import type Dockerode from "dockerode";
import { buildImage } from "../../engine/docker.ts";
import { assembleExporterContext } from "../../images/exporter-context.ts";
import { messageOf, UserError } from "../../model/values/user-error.ts";
import { PROJECT_DIR } from "../stack/project.ts";
import { labelsOf } from "./local-image.ts";
import type { ImageFound } from "./monitoring-image.ts";
import { ensureExporterBase } from "./exporter-base-image.ts";

/** Where the context is assembled, relative to the project. */
const EXPORTER_CONTEXT = ".kafka-platform/exporter-image";

/** Holds the image where it is only built. */
const LOCAL_REPOSITORY = "kafka-platform/exporter";

/** The start of the context's hash: another file is another tag. */
const exporterImageTag = (contextHash: string): string => contextHash.slice(0, 12);

/**
 * Makes sure of the exporter's image: it is here, else it is built.
 *
 * @returns its name, or the reason why it is not to be had
 */
export async function ensureExporterImage(
  docker: Dockerode,
  report: (message: string) => void,
): Promise<ImageFound> {
  try {
    const { contextHash } = assembleExporterContext(EXPORTER_CONTEXT);
    const image = `${LOCAL_REPOSITORY}:${exporterImageTag(contextHash)}`;
    if ((await labelsOf(docker, image)) !== undefined) {
      return { image, how: "made on this machine earlier" };
    }
    const { baseImage } = await buildExporterImage(docker, LOCAL_REPOSITORY, report);
    return { image, how: `made on this machine from ${baseImage}` };
  } catch (error) {
    return { missing: messageOf(error) };
  }
}

/**
 * Builds the exporter's image into a repository.
 *
 * @returns its tag there, its id, `sha256:…`, and what it was built from
 * @throws UserError with the failing step and its last lines
 */
export async function buildExporterImage(
  docker: Dockerode,
  repository: string,
  report: (message: string) => void,
): Promise<{ readonly tag: string; readonly id: string; readonly baseImage: string }> {
  const { baseImage, how } = await ensureExporterBase(docker, report);
  report(`${baseImage}, ${how}`);
  const { context, contextHash } = assembleExporterContext(EXPORTER_CONTEXT);
  const tag = exporterImageTag(contextHash);
  const name = `${repository}:${tag}`;
  const { signal } = new AbortController();
  const operation = { urn: name, projectDir: PROJECT_DIR, signal, progress: report };
  const buildArgs = { BASE_IMAGE: baseImage };
  await buildImage(docker, name, { context, buildArgs }, operation).catch((error: unknown) => {
    throw new UserError(messageOf(error));
  });
  return { tag, id: (await docker.getImage(name).inspect()).Id, baseImage };
}
