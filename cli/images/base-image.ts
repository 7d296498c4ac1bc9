/** What the broker image is built from: the official Kafka image, or one made on this machine. */
import type Dockerode from "dockerode";
import { KAFKA_BASE_IMAGE, LOCAL_BASE_IMAGE } from "../../model/broker/versions.ts";
import { localRecipe, RECIPE_LABEL } from "./base-image-recipe.ts";
import { buildLocalBase } from "./local-base-image.ts";
import { labelsOf } from "./local-image.ts";
import { pullImage } from "./pull-image.ts";

/** Fetches the JMX exporter agent where the base image does not carry it. */
export const MAVEN_IMAGE = "maven:3.9-eclipse-temurin-21";

export interface BaseImage {
  /** Build argument BASE_IMAGE of images/kafka/Dockerfile. */
  readonly baseImage: string;
  /** Build argument AGENT_IMAGE. */
  readonly agentImage: string;
  /** One clause for people, such as "pulled". */
  readonly how: string;
}

export interface BaseImageOptions {
  readonly docker: Dockerode;
  /** Receives one line per step; the caller adds the time. */
  readonly report: (message: string) => void;
  /** Folder that survives between runs; holds Kafka's jars. */
  readonly cacheDir: string;
}

const OFFICIAL = { baseImage: KAFKA_BASE_IMAGE, agentImage: MAVEN_IMAGE } as const;
const LOCAL = { baseImage: LOCAL_BASE_IMAGE, agentImage: LOCAL_BASE_IMAGE } as const;

/**
 * Makes sure that the images to build from are on the daemon: present, else pulled, else (Debian and
 * Ubuntu) made from the distribution's Java and Kafka's jars. A local base made by another version of
 * its recipe is made again.
 *
 * @throws Error saying what is missing when neither way works.
 */
export async function ensureBaseImage(options: BaseImageOptions): Promise<BaseImage> {
  const { docker, report } = options;
  const recipe = await localRecipe();
  switch (chooseBase(await present(docker), recipe)) {
    case "official":
      return { ...OFFICIAL, how: "already on this machine" };
    case "local":
      return { ...LOCAL, how: "made on this machine earlier" };
    case "fetch":
  }

  try {
    for (const image of [MAVEN_IMAGE, KAFKA_BASE_IMAGE]) await pullImage(docker, image, report);
    return { ...OFFICIAL, how: "pulled" };
  } catch (error) {
    const reason = (error as Error).message;
    report(`${reason}; making ${LOCAL_BASE_IMAGE} on this machine instead`);
    await buildLocalBase({ ...options, image: LOCAL_BASE_IMAGE, recipe, reason });
    return { ...LOCAL, how: "made on this machine" };
  }
}

/** What the daemon has. */
export interface PresentImages {
  readonly official: boolean;
  readonly maven: boolean;
  /** Recipe label of the local base; undefined when there is none. */
  readonly localRecipe: string | undefined;
}

/** Pure: which images to use, or that some must be fetched first. */
export function chooseBase(images: PresentImages, recipe: string): "official" | "local" | "fetch" {
  if (images.official && images.maven) return "official";
  return images.localRecipe === recipe ? "local" : "fetch";
}

async function present(docker: Dockerode): Promise<PresentImages> {
  const [official, maven, local] = await Promise.all(
    [KAFKA_BASE_IMAGE, MAVEN_IMAGE, LOCAL_BASE_IMAGE].map((image) => labelsOf(docker, image)),
  );
  return {
    official: official !== undefined,
    maven: maven !== undefined,
    localRecipe: local && (local[RECIPE_LABEL] ?? ""),
  };
}
