import { expect, test } from "vitest";
import {
  type ClientConnection,
  clientSettings,
} from "../../../model/credentials/client-settings.ts";
import { clientProperties } from "../../../model/credentials/formats/properties.ts";

const CONNECTION: ClientConnection = {
  bootstrapServers: "a:1,b:2",
  tlsEnabled: true,
  username: "shop",
  password: "Abc123",
  mechanism: "SCRAM-SHA-256",
  consumerGroups: [],
};

const lines = (connection: Partial<ClientConnection>) =>
  clientProperties(clientSettings({ ...CONNECTION, ...connection }, "durability")).split("\n");

test("the authority's certificate is one line that Java reads as several", () => {
  const caCertificate = "-----BEGIN CERTIFICATE-----\nAB+/\n-----END CERTIFICATE-----\n";
  expect(lines({ caCertificate }).filter((line) => line.includes("ssl."))).toEqual([
    "ssl.truststore.type=PEM",
    String.raw`ssl.truststore.certificates=-----BEGIN CERTIFICATE-----\nAB+/\n-----END CERTIFICATE-----`,
  ]);
  expect(lines({}).filter((line) => line.includes("ssl."))).toEqual([]);
});

test.each([
  [[], []],
  [["orders"], ["group.id=orders"]],
  [["team/app:v1"], ["group.id=team/app:v1"]],
  [[String.raw` a\b ü`], [String.raw`group.id=\ a\\b \u00fc`]],
  [["orders-*"], ["# group.id: one of orders-* (* stands for any ending)"]],
  [["a", "b"], ["# group.id: one of a, b (* stands for any ending)"]],
])("of the groups %j the file sets what leaves no choice", (consumerGroups, expected) => {
  expect(lines({ consumerGroups }).filter((line) => line.includes("group.id"))).toEqual(expected);
});
