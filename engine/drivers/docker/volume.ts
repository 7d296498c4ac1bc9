/**
 * `docker.Volume`. Creation adopts a volume that has the declared labels: a volume outlives its stack
 * on purpose (`retainOnDelete`), and the next `up` shall find the data again.
 */
import type Dockerode from "dockerode";
import type { Properties, ResourceDriver } from "../driver.ts";
import { usersOf } from "./container-users.ts";
import { ask, askIfPresent, DaemonError } from "./daemon-errors.ts";
import { labels, missingLabels, toLabelList, toLabelMap } from "./label-rules.ts";
import { optional, required, text } from "../property-rules.ts";
import {
  checkTable,
  declaredOnly,
  diffNamed,
  known,
  planned,
  replaces,
} from "../property-table.ts";

const table = {
  name: replaces(required(text())),
  driver: replaces(optional(text())),
  labels: replaces(optional(labels)),
};

export const volumeDriver: ResourceDriver<Dockerode> = {
  type: "docker:index/volume:Volume",
  holdsRecords: true,

  check: (inputs) => checkTable(table, inputs),
  diff: (old, inputs) => diffNamed(table, old.inputs, inputs),
  plan: (inputs, old) => planned(inputs, old, ["driver", "mountpoint"]),

  async create(client, inputs) {
    const { name, driver, labels } = known<typeof table>(inputs);
    const existing = await find(client, name);
    if (existing !== undefined) refuseForeign(existing, missingLabels(existing.Labels, labels));
    await ask(
      client,
      `create volume "${name}"`,
      client.createVolume({
        Name: name,
        ...(driver !== undefined && { Driver: driver }),
        Labels: toLabelMap(labels),
      }),
    );
    const volume = await ask(client, `read volume "${name}"`, client.getVolume(name).inspect());
    return { id: name, outputs: outputsOf(inputs, volume) };
  },

  async read(client, old) {
    const found = await find(client, old.id);
    if (found === undefined) return undefined;
    const inputs = declaredOnly(old.inputs, {
      name: found.Name,
      driver: found.Driver,
      // Docker's types deny it, its API answers null for a volume without labels.
      labels: toLabelList(found.Labels),
    });
    return { id: found.Name, inputs, outputs: outputsOf(inputs, found) };
  },

  // Never asked for: every property replaces.
  update: (_client, _old, inputs) => Promise.resolve(inputs),

  async delete(client, old) {
    const volume = client.getVolume(old.id);
    await askIfPresent(client, `remove volume "${old.id}"`, volume.remove(), async ({ status }) => {
      if (status !== 409) return undefined;
      const users = (await usersOf(client, { volume: [old.id] })) ?? "a container";
      return `it is in use by ${users}; remove them first, the data stays until then`;
    });
  },
};

function find(client: Dockerode, name: string): Promise<Dockerode.VolumeInspectInfo | undefined> {
  return askIfPresent(client, `read volume "${name}"`, client.getVolume(name).inspect());
}

function refuseForeign(volume: Dockerode.VolumeInspectInfo, missing: readonly string[]): void {
  if (missing.length === 0) return;
  const list = missing.join(", ");
  throw new DaemonError(
    `cannot create volume "${volume.Name}": a volume of that name exists without the declared labels (${list}), so it is not this program's; remove it with "docker volume rm ${volume.Name}" if its data is not needed, or choose another name`,
  );
}

function outputsOf(inputs: Properties, volume: Dockerode.VolumeInspectInfo): Properties {
  return { ...inputs, driver: volume.Driver, mountpoint: volume.Mountpoint };
}
