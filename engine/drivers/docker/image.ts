/** `docker.RemoteImage`: an image built here, or pulled when the daemon does not have it. */
import type Dockerode from "dockerode";
import type { CheckResult, Properties, ResourceDriver } from "../driver.ts";
import { usersOf } from "./container-users.ts";
import { ask, askIfPresent } from "./daemon-errors.ts";
import { build, buildImage } from "./image-build.ts";
import { pullImage } from "./image-pull.ts";
import { flag, mapOf, optional, required, setOf, text } from "../property-rules.ts";
import { checkTable, diffTable, known, planned, replaces, updates } from "../property-table.ts";

const table = {
  /** Reference with tag, such as `kafka-platform/broker:4.3.1`. */
  name: replaces(required(text())),
  /** The schema lists `build` as updatable, yet each change of a field in it replaces. */
  build: replaces(optional(build)),
  triggers: replaces(optional(mapOf(text()))),
  pullTriggers: replaces(optional(setOf(text()))),
  platform: replaces(optional(text())),
  /** Leave the image on the daemon when the resource goes. */
  keepLocally: updates(optional(flag)),
  forceRemove: updates(optional(flag)),
};

/** Per client, the ids of the images this run made: see `delete`. */
const madeInThisRun = new WeakMap<Dockerode, Set<string>>();

export const imageDriver: ResourceDriver<Dockerode> = {
  type: "docker:index/remoteImage:RemoteImage",

  check(inputs): CheckResult {
    const result = checkTable(table, inputs);
    if (!("build" in result.inputs && "pullTriggers" in result.inputs)) return result;
    const reason = "pullTriggers must not be given together with build";
    return { ...result, failures: [...result.failures, { property: "pullTriggers", reason }] };
  },

  // The new image takes the tag over from the old one, so both may exist: create, then delete.
  diff: (old, inputs) => diffTable(table, old.inputs, inputs),
  plan: (inputs, old) => planned(inputs, old, ["imageId", "repoDigest"]),

  async create(client, inputs, context) {
    const image = known<typeof table>(inputs);
    if (image.build !== undefined) {
      await buildImage(client, image.name, image.build, context);
    } else if (image.pullTriggers !== undefined || !(await inspect(client, image.name))) {
      await pullImage(client, image.name, image.platform, context);
    }
    const made = await ask(
      client,
      `read image "${image.name}"`,
      client.getImage(image.name).inspect(),
    );
    const id = identity(made.Id, image.name);
    remember(client, id);
    return { id, outputs: outputsOf(inputs, made) };
  },

  async read(client, old) {
    const { name } = known<typeof table>(old.inputs);
    const found = await inspect(client, name);
    if (found === undefined) return undefined;
    return {
      id: identity(found.Id, name),
      inputs: old.inputs,
      outputs: outputsOf(old.inputs, found),
    };
  },

  // keepLocally and forceRemove only say how to delete.
  update: (_client, old, inputs) =>
    Promise.resolve({
      ...inputs,
      imageId: old.outputs["imageId"] ?? null,
      repoDigest: old.outputs["repoDigest"] ?? null,
    }),

  /**
   * Removes the names that still point to this image, then the image. A replacement that built the
   * very same image owns them now and keeps them.
   */
  async delete(client, old) {
    const image = known<typeof table>(old.inputs);
    if (image.keepLocally === true || madeInThisRun.get(client)?.has(old.id) === true) return;
    const imageId = old.id.slice(0, -image.name.length);
    for (const name of [...(image.build?.tags ?? []), image.name]) {
      if ((await inspect(client, name))?.Id === imageId) {
        await remove(client, name, image.forceRemove ?? false);
      }
    }
    const untagged = await inspect(client, imageId);
    if (untagged?.RepoTags.length === 0) await remove(client, imageId, image.forceRemove ?? false);
  },
};

const identity = (imageId: string, name: string): string => imageId + name;

function remember(client: Dockerode, id: string): void {
  const ids = madeInThisRun.get(client) ?? new Set();
  madeInThisRun.set(client, ids.add(id));
}

function inspect(client: Dockerode, name: string): Promise<Dockerode.ImageInspectInfo | undefined> {
  return askIfPresent(client, `read image "${name}"`, client.getImage(name).inspect());
}

async function remove(client: Dockerode, name: string, force: boolean): Promise<void> {
  const call = client.getImage(name).remove({ force }) as Promise<unknown>;
  await askIfPresent(client, `remove image "${name}"`, call, async ({ status, message }) => {
    if (status !== 409) return undefined;
    const users = (await usersOf(client, { ancestor: [name] })) ?? `another image (${message})`;
    return `it is in use by ${users}; remove that first, or set keepLocally`;
  });
}

function outputsOf(inputs: Properties, image: Dockerode.ImageInspectInfo): Properties {
  return { ...inputs, imageId: image.Id, repoDigest: image.RepoDigests[0] ?? "" };
}
