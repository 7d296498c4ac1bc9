import type Dockerode from "dockerode";
import { expect, test } from "vitest";
import { leftBehind } from "../../../cli/machine/left-behind.ts";

const AT = { platform: "shop", stack: "dev" };

interface There {
  readonly containers?: readonly object[];
  readonly volumes?: readonly object[];
  readonly networks?: readonly object[];
}

/** A daemon that has these things under the label of the platform, and others under no label. */
function daemon({ containers = [], volumes = [], networks = [] }: There) {
  const asked = (filters: unknown): void => {
    expect(filters).toEqual({ label: ["kafka-platform=shop"] });
  };
  return {
    listContainers: ({ filters }: { filters: unknown }) => {
      asked(filters);
      return Promise.resolve(containers);
    },
    listVolumes: ({ filters }: { filters: unknown }) => {
      asked(filters);
      return Promise.resolve({ Volumes: volumes });
    },
    listNetworks: ({ filters }: { filters: unknown }) => {
      asked(filters);
      return Promise.resolve(networks);
    },
  } as unknown as Dockerode;
}

test("nothing left is nothing to say", async () => {
  expect(await leftBehind(daemon({}), AT)).toBeUndefined();
});

test("what is left is named, with the command that adopts it and those that remove it", async () => {
  const said = await leftBehind(
    daemon({
      containers: [{ Names: ["/shop-broker"], Id: "0" }],
      volumes: [{ Name: "shop-data" }],
      networks: [{ Name: "shop" }],
    }),
    AT,
  );
  expect(said).toContain(
    "Docker still has shop-broker, shop-data, shop, which is not in the state",
  );
  expect(said).toContain("`npx kafka-platform start --stack dev --engine embedded --adopt`");
  expect(said).toContain(
    "`docker rm --force shop-broker && docker volume rm shop-data && docker network rm shop`",
  );
});

test("a daemon that does not answer is no proof that nothing is left", async () => {
  const docker = daemon({});
  docker.listVolumes = () => Promise.reject(new Error("no such socket"));
  expect(await leftBehind(docker, AT)).toBe(
    "Docker does not say whether something is left of shop: no such socket",
  );
});
