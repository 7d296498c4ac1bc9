import { expect, test } from "vitest";
import { FIGURES_LABEL, holdsFigures } from "../../../model/stack/held-figures.ts";

const component = (value: unknown) => ({
  metadata: { labels: { "app.kubernetes.io/component": value } },
});
const ofDocker = (...labels: readonly object[]) => ({ labels });

test("what Prometheus and Alertmanager keep is told from records by its labels", () => {
  expect(holdsFigures(component("prometheus"))).toBe(true);
  expect(holdsFigures(component("alertmanager"))).toBe(true);
  expect(holdsFigures(ofDocker({ label: "kafka-platform", value: "a" }, FIGURES_LABEL))).toBe(true);
});

test.each([
  ["a broker", component("broker")],
  ["no label", { metadata: {} }],
  ["labels that are not known yet", { metadata: { labels: "unknown" } }],
  ["a volume of Docker without that label", ofDocker({ label: "kafka-platform", value: "a" })],
  ["a label of another value", ofDocker({ ...FIGURES_LABEL, value: "records" })],
  ["nothing", undefined],
])("in doubt it holds records: %s", (_what, inputs) => {
  expect(holdsFigures(inputs)).toBe(false);
});
