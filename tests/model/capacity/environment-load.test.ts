import { expect, test } from "vitest";
import { atLoad } from "../../../model/capacity/environment-load.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { stackConfigSchema } from "../../../model/stack/stack-config.ts";
import { compactedTable } from "../../../model/topic/topic-profiles.ts";

const catalogue = loadCatalogue({
  domains: {
    "topics/a.ts": {
      owner: "o",
      topics: {
        prices: compactedTable({
          ...{ description: "d", key: "k", classification: "internal", partitions: 1 },
          ...{ eventsPerHour: { from: 0, to: 10_000, average: 5_000, given: true }, keys: 2_500 },
          environments: { staging: { eventsPerHour: { from: 1, to: 7 }, keys: 3 } },
        }),
      },
    },
  },
});
const volumes = (environment: "dev" | "staging" | "prod", load?: number) => {
  const [topic] = atLoad(catalogue, { environment, load }).topics;
  return [topic?.eventsPerHour, topic?.keys];
};

test("a stack handles a share of the declared volumes, by default a thousandth in dev and all elsewhere", () => {
  const declared = [{ from: 0, to: 10_000, average: 5_000, given: true }, 2_500];
  expect(volumes("prod")).toEqual(declared);
  expect(volumes("dev")).toEqual([{ from: 0, to: 10, average: 5, given: true }, 3]);
  expect(volumes("dev", 1)).toEqual(declared);
  expect(volumes("prod", 0.5)).toEqual([
    ...[{ from: 0, to: 5_000, average: 2_500, given: true }, 1_250],
  ]);
});

test("what a topic says of an environment counts there as it is", () => {
  expect(volumes("staging", 0.5)).toEqual([{ from: 1, to: 7, given: false }, 3]);
});

test.each([0, -1, 2, "half", Infinity])("a load of %s is refused", (load) => {
  expect(stackConfigSchema.shape.load.safeParse(load).success).toBe(false);
});

test("a wrong volume of an environment is a fault of the topic", () => {
  const wrong = { environments: { dev: { eventsPerHour: { from: 9, to: 1 } } } };
  const topic = { ...catalogue.topics[0], ...wrong };
  expect(() =>
    loadCatalogue({ domains: { "topics/a.ts": { owner: "o", topics: { prices: topic } } } }),
  ).toThrow("environments.dev.eventsPerHour");
});
