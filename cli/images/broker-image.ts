/** The broker image as one builds and publishes it: its names, and building it on a daemon. */
import type Dockerode from "dockerode";
import { KAFKA_VERSION } from "../../model/broker/versions.ts";
import { buildImage } from "../../engine/docker.ts";
import { messageOf, UserError } from "../../model/values/user-error.ts";
import { brokerImageContext } from "../../images/context.ts";
import type { BaseImage } from "./base-image.ts";
import { PROJECT_DIR } from "../stack/project.ts";

/** Holds the image where it is only built. */
export const LOCAL_REPOSITORY = "kafka-platform";

/** Kafka's version, and the start of the build context's hash: another file is another tag. */
export const brokerImageTag = (contextHash: string): string =>
  `${KAFKA_VERSION}-${contextHash.slice(0, 12)}`;

const PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const REPOSITORY = new RegExp(`^(?:[a-zA-Z0-9.-]+(?::[0-9]+)?/)?${PART}(?:/${PART})*$`);

/** The repository of an image under `prefix`. @throws UserError when it cannot be a name */
export function repositoryOf(prefix: string, image: "broker" | "exporter"): string {
  if (!REPOSITORY.test(prefix)) {
    throw new UserError(
      `"${prefix}" cannot be the name of a repository: wanted REGISTRY/PATH without tag or digest, ` +
        "in lower case, such as registry.example/kafka-platform.",
    );
  }
  return `${prefix}/${image}`;
}

/**
 * Builds the image into a repository.
 *
 * @returns its tag there, and its id, `sha256:…`
 * @throws UserError with the failing step and its last lines
 */
export async function buildBrokerImage(
  docker: Dockerode,
  { repository, base }: { readonly repository: string; readonly base: BaseImage },
  report: (message: string) => void,
): Promise<{ readonly tag: string; readonly id: string }> {
  const { context, contextHash } = brokerImageContext();
  const tag = brokerImageTag(contextHash);
  const name = `${repository}:${tag}`;
  const buildArgs = { BASE_IMAGE: base.baseImage, AGENT_IMAGE: base.agentImage };
  const { signal } = new AbortController();
  const operation = { urn: name, projectDir: PROJECT_DIR, signal, progress: report };
  await buildImage(docker, name, { context, buildArgs }, operation).catch((error: unknown) => {
    throw new UserError(messageOf(error));
  });
  return { tag, id: (await docker.getImage(name).inspect()).Id };
}
