import { expect, it } from "vitest";
import { exporterConfigSchema } from "../../../model/observability/exporter-config.ts";

const LEAST = {
  cluster: "dev",
  bootstrapServers: ["kafka:9092", "[::1]:9092"],
  login: {
    username: "kafka-exporter",
    mechanism: "SCRAM-SHA-512",
    passwordFile: "/run/secrets/kafka",
  },
};

const faults = (more: object): string[] => {
  const { error } = exporterConfigSchema.safeParse({ ...LEAST, ...more });
  return error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
};

it("has a default for all but the cluster and the login", () => {
  expect(exporterConfigSchema.parse(LEAST)).toEqual({
    ...LEAST,
    listen: { host: "0.0.0.0", port: 9308 },
    intervalSeconds: 15,
    granularity: "partition",
    declared: { topics: [], groups: [], credentials: [] },
  });
});

it("refuses a password, which belongs into a file of its own", () => {
  const login = { ...LEAST.login, password: "s3cret" };
  expect(faults({ login }).join()).toContain("password");
  expect(faults({ login }).join()).not.toContain("s3cret");
});

it("says what a good value looks like", () => {
  expect(faults({ bootstrapServers: ["kafka"] })).toEqual([
    "bootstrapServers.0: host:port, such as kafka-0:9092",
  ]);
  expect(faults({ intervalSeconds: 0 })).toEqual([
    "intervalSeconds: a number of seconds from 1 to 300",
  ]);
  expect(faults({ caFile: "ca.pem" })).toEqual(["caFile: the absolute path of a file"]);
  expect(
    faults({ declared: { credentials: [{ account: "a", owner: "b", due: "soon" }] } }),
  ).toEqual(["declared.credentials.0.due: a day such as 2026-12-31"]);
});
