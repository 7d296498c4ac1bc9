/** `docker.Container`. A creation that fails half way leaves nothing behind. */
import type Dockerode from "dockerode";
import type {
  Diff,
  OperationContext,
  Properties,
  ResourceDriver,
  ResourceState,
} from "../driver.ts";
import { createOptions, furtherNetworks, updateOptions } from "./container-config.ts";
import { explainCreate, explainStart, missingNetwork } from "./container-faults.ts";
import { waitUntilHealthy } from "./container-health.ts";
import { checkContainer, type ContainerArgs, containerTable } from "./container-properties.ts";
import { containerOutputs, observedInputs, plannedOutputs, whyDown } from "./container-state.ts";
import { ask, askIfPresent, DaemonError } from "./daemon-errors.ts";
import { missingLabels } from "./label-rules.ts";
import { diffTable, known, same } from "../property-table.ts";
import { contentOf } from "./redaction.ts";
import { tarArchive } from "./tar-archive.ts";

const argsOf = (inputs: Properties): ContainerArgs => known<typeof containerTable>(inputs);

/** What {@link updateOptions} sends; the other updatable properties concern this engine only. */
const ON_THE_DAEMON = ["restart", "maxRetryCount", "memory", "memorySwap"];
/** Docker changes a limit on a living container, but does not lift it. */
const NEVER_LIFTED = ["memory", "memorySwap"];

export const containerDriver: ResourceDriver<Dockerode> = {
  type: "docker:index/container:Container",

  check: checkContainer,

  // The real provider always deletes first, for the sake of ports and volumes too.
  diff(old, inputs): Diff {
    const { changed, replace } = diffTable(containerTable, old.inputs, inputs);
    const lifted = changed.filter((name) => NEVER_LIFTED.includes(name) && !(name in inputs));
    const all = [...replace, ...lifted];
    return all.length === 0
      ? { changed, replace }
      : { changed, replace: all, deleteBeforeReplace: true };
  },

  plan: plannedOutputs,

  async create(client, inputs, context) {
    const container = argsOf(inputs);
    const { id } = await ask(
      client,
      `create container "${container.name}"`,
      client.createContainer(createOptions(container)),
      explainCreate(client, container),
    );
    try {
      await prepare(client, id, container);
      if (container.start) await start(client, id, container, context);
      return { id, outputs: containerOutputs(inputs, await inspect(client, id, container.name)) };
    } catch (error) {
      await discard(client, id, container.name, error);
      throw error;
    }
  },

  async resumeCreate(client, inputs) {
    const { name, labels, removeVolumes } = argsOf(inputs);
    const call = client.getContainer(name).inspect();
    const left = await askIfPresent(client, `read container "${name}"`, call);
    if (left !== undefined && labels && missingLabels(left.Config.Labels, labels).length === 0) {
      // Half made, or made and never waited for: what it keeps is on volumes, so a new one is as good.
      await remove(client, left.Id, name, removeVolumes);
    }
    return undefined;
  },

  async read(client, old) {
    const { name } = argsOf(old.inputs);
    const call = client.getContainer(old.id).inspect();
    const present = await askIfPresent(client, `read container "${name}"`, call);
    if (present === undefined) return undefined;
    const found = await withoutLostNetworks(client, present);
    const down = whyDown(argsOf(old.inputs), found);
    const inputs = observedInputs(old.inputs, found);
    const state = { id: old.id, inputs, outputs: containerOutputs(inputs, found) };
    return down === undefined ? state : { ...state, down };
  },

  async update(client, old, inputs, context) {
    const container = argsOf(inputs);
    if (ON_THE_DAEMON.some((name) => !same(old.inputs[name], inputs[name]))) {
      const call = client.getContainer(old.id).update(updateOptions(container)) as Promise<unknown>;
      await ask(client, `update container "${container.name}"`, call);
    }
    const before = await inspect(client, old.id, container.name);
    if (container.start && container.mustRun) {
      await resume(client, before, container, context);
    }
    return containerOutputs(inputs, await inspect(client, old.id, container.name));
  },

  async delete(client, old: ResourceState) {
    const { name, destroyGraceSeconds, removeVolumes } = argsOf(old.inputs);
    // Without a time of its own Docker takes the container's stopTimeout, else ten seconds.
    const call = client
      .getContainer(old.id)
      .stop(destroyGraceSeconds === undefined ? {} : { t: destroyGraceSeconds });
    await askIfPresent(client, `stop container "${name}"`, ignoreStopped(call));
    await remove(client, old.id, name, removeVolumes);
  },
};

/** Everything that must be in place before the first process runs. */
async function prepare(client: Dockerode, id: string, container: ContainerArgs): Promise<void> {
  for (const { name, aliases } of furtherNetworks(container)) {
    await ask(
      client,
      `connect container "${container.name}" to network "${name}"`,
      client
        .getNetwork(name)
        .connect({ Container: id, EndpointConfig: { Aliases: [...(aliases ?? [])] } }),
      missingNetwork,
    );
  }
  if (container.uploads === undefined || container.uploads.length === 0) return;
  const archive = tarArchive(
    container.uploads.map((upload) => ({
      path: upload.file.slice(1),
      mode: parseInt(upload.permissions ?? (upload.executable ? "0744" : "0644"), 8),
      uid: Number(upload.owner ?? 0),
      gid: Number(upload.group ?? 0),
      body: { content: contentOf(upload) },
    })),
  );
  const call = client.getContainer(id).putArchive(archive, { path: "/" });
  await ask(client, `upload files into container "${container.name}"`, call);
}

async function start(
  client: Dockerode,
  id: string,
  container: ContainerArgs,
  context: OperationContext,
): Promise<void> {
  const call = client.getContainer(id).start() as Promise<unknown>;
  await ask(client, `start container "${container.name}"`, call, explainStart(client));
  if (container.wait) await waitUntilHealthy(client, id, container, context);
}

/** A container that has stopped still names networks that were removed since, and cannot start for it. */
async function withoutLostNetworks(
  client: Dockerode,
  found: Dockerode.ContainerInspectInfo,
): Promise<Dockerode.ContainerInspectInfo> {
  if (found.State.Running) return found;
  const networks = Object.entries(found.NetworkSettings.Networks);
  const there = await Promise.all(
    networks.map(async ([name, { NetworkID }]) => {
      const call = client.getNetwork(NetworkID === "" ? name : NetworkID).inspect();
      return (await askIfPresent(client, `read network "${name}"`, call)) !== undefined;
    }),
  );
  const Networks = Object.fromEntries(networks.filter((_, at) => there[at]));
  return { ...found, NetworkSettings: { ...found.NetworkSettings, Networks } };
}

/** Makes a container serve that is there. */
async function resume(
  client: Dockerode,
  { Id, State }: Dockerode.ContainerInspectInfo,
  container: ContainerArgs,
  context: OperationContext,
): Promise<void> {
  if (State.Paused) {
    const call = client.getContainer(Id).unpause() as Promise<unknown>;
    await ask(client, `unpause container "${container.name}"`, call);
  } else if (!State.Running) {
    await start(client, Id, container, context);
    return;
  }
  if (container.wait) await waitUntilHealthy(client, Id, container, context);
}

function inspect(
  client: Dockerode,
  id: string,
  name: string,
): Promise<Dockerode.ContainerInspectInfo> {
  return ask(client, `read container "${name}"`, client.getContainer(id).inspect());
}

/** Removes what a failed creation left. @throws DaemonError when it cannot, with both reasons */
async function discard(
  client: Dockerode,
  id: string,
  name: string,
  reason: unknown,
): Promise<void> {
  try {
    await remove(client, id, name, true);
  } catch (error) {
    const said = (each: unknown): string => (each instanceof Error ? each.message : String(each));
    throw new DaemonError(`${said(reason)}\nand the half-made container stays: ${said(error)}`);
  }
}

async function remove(
  client: Dockerode,
  id: string,
  name: string,
  volumes: boolean,
): Promise<void> {
  const container = client.getContainer(id);
  try {
    const call = container.remove({ force: true, v: volumes }) as Promise<unknown>;
    await askIfPresent(client, `remove container "${name}"`, call);
  } catch (error) {
    // Someone else is removing it: done when they are.
    if (!(error instanceof DaemonError) || error.status !== 409) throw error;
    const gone = container.wait({ condition: "removed" }) as Promise<unknown>;
    await askIfPresent(client, `remove container "${name}"`, gone);
  }
}

/** The daemon answers 304 for a container that does not run, which dockerode takes for an error. */
async function ignoreStopped(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 304) throw error;
  }
}
