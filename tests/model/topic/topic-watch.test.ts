import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { declaredConsumptions } from "../../../model/catalogue/consumptions.ts";
import { event } from "../../../model/topic/topic-profiles.ts";
import { SettingsError } from "../../../model/values/faults.ts";

const domain = (topic: object, consumes: object = { topics: ["a"], group: "g" }) => ({
  owner: "o",
  topics: {
    a: {
      ...event({
        description: "A.",
        key: "id",
        classification: "internal",
        partitions: 1,
        eventsPerHour: { from: 60, to: 100 },
      }),
      ...topic,
    },
  },
  accounts: { reader: { description: "Reads.", consumes: [consumes] } },
});
const load = (declared: object) => loadCatalogue({ domains: { "o.ts": declared } });

function faultsOf(declared: object): readonly string[] {
  try {
    load(declared);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
}

describe("thresholds of a topic", () => {
  test("may all be set, and differ between environments", () => {
    const topic = { deadLetter: true, alerts: { lag: 5, errorRate: 0.01 }, quietAfter: "5m" };
    expect(
      faultsOf(domain({ ...topic, environments: { dev: { alerts: { lag: "off" } } } })),
    ).toEqual([]);
  });

  test.each([
    [
      { alerts: { lag: 0 } },
      'alerts.lag: given 0; wanted a number of records such as 10_000, or "off"',
    ],
    [
      { deadLetter: true, alerts: { errorRate: 5 } },
      'alerts.errorRate: given 5; wanted a share above 0 and below 1 such as 0.05, or "off"',
    ],
    [
      { alerts: { errorRate: 0.1 } },
      "alerts.errorRate: given 0.1; wanted a `deadLetter` beside it: errors are counted by the records there",
    ],
    [
      { quietAfter: "30s", eventsPerHour: { from: 600, to: 600 } },
      'quietAfter: given "30s"; wanted at least 1m: it is looked at every 15s',
    ],
    [{ quietAfter: "8d" }, 'quietAfter: given "8d"; wanted at most 7d: no more is remembered'],
    [
      { quietAfter: "1m" },
      'quietAfter: given "1m"; wanted more than 1m: by eventsPerHour (`from` is 60) so long a pause is expected',
    ],
    [
      { quietAfter: "1h", eventsPerHour: { from: 0, to: 10 } },
      'quietAfter: given "1h"; wanted more than 1h: by eventsPerHour (`from` is 0) an hour without records is expected',
    ],
  ])("are refused where they mean nothing: %j", (topic, fault) => {
    expect(faultsOf(domain(topic))).toEqual([`o.ts: topics.a.${fault}`]);
  });

  test("are refused in the environment in which they mean nothing", () => {
    const quiet = {
      environments: { dev: { eventsPerHour: { from: 1, to: 1 } } },
      quietAfter: "10m",
    };
    expect(faultsOf(domain(quiet))).toEqual([
      expect.stringContaining("topics.a.environments.dev.quietAfter: missing; wanted more than 1h"),
    ]);
  });
});

describe("a lag budget", () => {
  const consumptions = (consumes: object) =>
    declaredConsumptions(load(domain({}, consumes))).map(({ group, topic, owner, budget }) => [
      group,
      topic,
      owner,
      budget,
    ]);

  test("is a time or a number of records", () => {
    expect(consumptions({ topics: ["a"], group: "g", lagBudget: "5m" })).toEqual([
      ["g", "a", "o", { milliseconds: 300_000 }],
    ]);
    expect(consumptions({ topics: ["a*"], group: "g", lagBudget: 7 })).toEqual([
      ["g", "a", "o", { records: 7 }],
    ]);
    expect(consumptions({ topics: ["a"], group: "g*" })).toEqual([]);
  });

  test.each([
    [
      { topics: ["a"], lagBudget: "5m" },
      "a `group` by its full name beside it: without one nobody knows how far it is",
    ],
    [{ topics: ["a"], group: "g*", lagBudget: 5 }, "a `group` by its full name beside it"],
    [
      { topics: ["a"], group: "g", lagBudget: 0 },
      "a duration such as 5m, or a number of records such as 10_000",
    ],
    [
      { topics: ["a"], group: "g", lagBudget: "soon" },
      "a duration such as 5m, or a number of records such as 10_000",
    ],
    [{ topics: ["a"], group: "g", lagBudget: "7d" }, "less than 7d, the retention of a in dev"],
  ])("is refused where nobody could tell: %j", (consumes, wanted) => {
    expect(faultsOf(domain({}, consumes))).toEqual([expect.stringContaining(wanted)]);
  });
});
