/** `docker.Network`. Docker cannot change a network in place: every property replaces it. */
import type Dockerode from "dockerode";
import type { Properties, ResourceDriver } from "../driver.ts";
import { ask, askIfPresent } from "./daemon-errors.ts";
import { labels, missingLabels, toLabelList, toLabelMap } from "./label-rules.ts";
import { flag, optional, required, text } from "../property-rules.ts";
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
  internal: replaces(optional(flag)),
  labels: replaces(optional(labels)),
};

export const networkDriver: ResourceDriver<Dockerode> = {
  type: "docker:index/network:Network",

  check: (inputs) => checkTable(table, inputs),
  diff: (old, inputs) => diffNamed(table, old.inputs, inputs),
  plan: (inputs, old) => planned(inputs, old, ["driver", "internal", "scope"]),

  async create(client, inputs) {
    const { name, driver, internal, labels } = known<typeof table>(inputs);
    const network = await ask(
      client,
      `create network "${name}"`,
      client.createNetwork({
        Name: name,
        // Docker's names of networks are not unique unless asked for.
        CheckDuplicate: true,
        ...(driver !== undefined && { Driver: driver }),
        Internal: internal ?? false,
        Labels: toLabelMap(labels),
      }),
      ({ status, message }) =>
        status === 409 && /already exists/.test(message)
          ? `a network of that name exists which is not in this stack's state; remove it with "docker network rm ${name}" or choose another name`
          : undefined,
    );
    return { id: network.id, outputs: outputsOf(inputs, await inspect(client, name, network.id)) };
  },

  async resumeCreate(client, inputs) {
    const { name, labels } = known<typeof table>(inputs);
    const call = client.getNetwork(name).inspect();
    const left = await askIfPresent(client, `read network "${name}"`, call);
    // Without labels of our own nothing tells it from somebody else's.
    if (left === undefined || !labels || missingLabels(left.Labels, labels).length > 0) {
      return undefined;
    }
    const alike = diffNamed(table, inputs, observed(inputs, left)).changed.length === 0;
    return alike ? { id: left.Id, outputs: outputsOf(inputs, left) } : undefined;
  },

  async read(client, old) {
    const { name } = known<typeof table>(old.inputs);
    const found = await askIfPresent(
      client,
      `read network "${name}"`,
      client.getNetwork(old.id).inspect(),
    );
    if (found === undefined) return undefined;
    const inputs = observed(old.inputs, found);
    return { id: found.Id, inputs, outputs: outputsOf(inputs, found) };
  },

  // Never asked for: every property replaces.
  update: (_client, _old, inputs) => Promise.resolve(inputs),

  async delete(client, old) {
    const { name } = known<typeof table>(old.inputs);
    const network = client.getNetwork(old.id);
    await askIfPresent(
      client,
      `remove network "${name}"`,
      network.remove(),
      async ({ message }) => {
        if (!/active endpoints/.test(message)) return undefined;
        const users = Object.values((await inspect(client, name, old.id)).Containers ?? {});
        const names = users.map((each) => each.Name).join(", ");
        return `these containers are still connected to it: ${names}; remove or disconnect them first`;
      },
    );
  },
};

function inspect(client: Dockerode, name: string, id: string) {
  return ask(client, `read network "${name}"`, client.getNetwork(id).inspect());
}

const observed = (declared: Properties, network: Dockerode.NetworkInspectInfo): Properties =>
  declaredOnly(declared, {
    name: network.Name,
    driver: network.Driver,
    internal: network.Internal,
    labels: toLabelList(network.Labels),
  });

function outputsOf(inputs: Properties, network: Dockerode.NetworkInspectInfo): Properties {
  return {
    ...inputs,
    driver: network.Driver,
    internal: network.Internal,
    scope: network.Scope,
  };
}
