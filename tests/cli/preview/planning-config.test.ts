import { expect, test } from "vitest";
import { planningConfig } from "../../../cli/preview/planning-config.ts";
import { MADE_BY_COMMANDS } from "../../support/kubernetes/prod-stack.ts";

const CLUSTER = { kind: "kubernetes", ...MADE_BY_COMMANDS, caCertificate: "PEM" };
const STAND_INS = { label: "test", authority: { certificate: "", key: "" } };
const SECRETS = { "kafka-platform:stackSecret": "s", "kafka-platform:caKey": "k" };

const planned = (observability: object, cluster: object = CLUSTER) =>
  planningConfig(
    {
      config: {
        ...SECRETS,
        "kafka-platform:cluster": cluster,
        "kafka-platform:observability": observability,
      },
    },
    STAND_INS,
  );

test("an exporter whose image is not written yet is planned with one that belongs to nothing", () => {
  const { missing, values } = planned({ kind: "bundled", exporter: { port: 1 }, runbooks: "r/" });
  expect(missing).toEqual(["kafka-platform:observability.exporter.image"]);
  expect(JSON.parse(values["kafka-platform:observability"] ?? "")).toEqual({
    kind: "bundled",
    exporter: {
      port: 1,
      image: `missing.invalid/kafka-platform/exporter@sha256:${"0".repeat(64)}`,
    },
    runbooks: "r/",
  });
});

test.each<[string, object, object?]>([
  ["its image is written", { kind: "bundled", exporter: { image: "a@sha256:b" } }],
  ["it is turned off", { kind: "bundled", exporter: { enabled: false } }],
  ["nobody watches", { kind: "none" }],
])("nothing stands in for it where %s", (_, observability) => {
  const { missing, values } = planned(observability);
  expect(missing).toEqual([]);
  expect(JSON.parse(values["kafka-platform:observability"] ?? "")).toEqual(observability);
});
