import { expect, test } from "vitest";
import { hostWarnings } from "../../../model/access/host-warnings.ts";
import { accountSchema } from "../../../model/access/account-declaration.ts";
import { catalogueWarnings } from "../../../model/catalogue/catalogue-warnings.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { stackConfigSchema } from "../../../model/stack/stack-config.ts";
import { event } from "../../../model/topic/topic-profiles.ts";

const warned = (kind: "docker" | "kubernetes", ...hosts: string[]) =>
  hostWarnings([{ username: "shop", hosts }], kind);

test("in Docker every address but those of its networks is warned of, by name", () => {
  for (const host of ["127.0.0.1", "0:0:0:0:0:0:0:1", "10.0.0.7", "203.0.113.5"]) {
    expect(warned("docker", host)).toEqual([
      expect.stringMatching(`^account shop: hosts ${host}: to a broker in Docker, whoever`),
    ]);
  }
  expect(warned("docker", "172.20.0.1", "192.168.16.1")).toEqual([]);
  expect(warned("docker")).toEqual([]);
});

test("on Kubernetes only what a machine calls itself is warned of", () => {
  expect(warned("kubernetes", "127.0.0.1", "127.8.0.1", "0:0:0:0:0:0:0:1", "10.0.0.7")).toEqual([
    "account shop: hosts 127.0.0.1: only a client inside the broker's own pod has this address",
    "account shop: hosts 127.8.0.1: only a client inside the broker's own pod has this address",
    "account shop: hosts 0:0:0:0:0:0:0:1: only a client inside the broker's own pod has this address",
  ]);
});

test.each([
  ...["0.0.0.0", "::", "0.1.2.3", "224.0.0.1", "239.255.255.255", "255.255.255.255"],
  ...["ff02::1", "::ffff:0.0.0.0", "::ffff:224.0.0.1"],
])("%s is no address of a client, and it is said how every address is allowed", (address) => {
  const { error } = accountSchema.safeParse({ description: "d", hosts: [address] });
  expect(error?.issues.map(({ message }) => message)).toEqual([
    "the address of one client: this one is nobody's, and to Kafka not everybody's either; leave " +
      "`hosts` out to allow every address",
  ]);
});

test("addresses of one environment hold there alone, and are warned of nowhere else", () => {
  const orders = event({
    ...{ description: "d", key: "k", classification: "public", partitions: 1 },
    eventsPerHour: { from: 0, to: 1 },
  });
  const shop = {
    ...{ description: "d", produces: ["orders"] },
    environments: { prod: { hosts: ["10.0.0.7"] } },
  };
  const catalogue = loadCatalogue({
    domains: { "a.ts": { owner: "a", topics: { orders }, accounts: { shop } } },
  });
  const warnings = (environment: string) =>
    catalogueWarnings(
      catalogue,
      stackConfigSchema.parse({ environment, protection: true, cluster: { kind: "docker" } }),
    ).filter((warning) => warning.includes("hosts"));
  expect(warnings("dev")).toEqual([]);
  expect(warnings("prod")).toHaveLength(1);
});
