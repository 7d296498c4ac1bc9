import { expect, test } from "vitest";
import { imageOverrides } from "../../../cli/machine/observability-images.ts";
import { observabilitySettings } from "../../../model/observability/observability-settings.ts";

const settings = observabilitySettings.parse({});
const as = (image: string) => ({ image, how: "pulled" });

test("where every image is the one that the stack file names, this machine overrides nothing", () => {
  expect(
    imageOverrides(settings, {
      prometheus: as(settings.prometheus.image),
      grafana: as(settings.grafana.image),
    }),
  ).toBeUndefined();
});

test("an image made here is named instead, and what cannot be had is turned off", () => {
  expect(
    imageOverrides(settings, {
      prometheus: as("kafka-platform/prometheus:local"),
      alertmanager: as(settings.alertmanager.image),
      grafana: { missing: "grafana/grafana:12.1.1 cannot be pulled (no route to host)" },
    }),
  ).toEqual({
    prometheus: { image: "kafka-platform/prometheus:local" },
    grafana: { enabled: false },
  });
});
