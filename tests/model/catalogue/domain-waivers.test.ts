import { expect, test } from "vitest";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { event } from "../../../model/topic/topic-profiles.ts";

const AGREED = { reason: "The law asks for it.", by: "lab", until: "2027-06-30" };
const TOPIC = event({
  ...{ description: "d", key: "k", classification: "internal", partitions: 1 },
  eventsPerHour: { from: 0, to: 9 },
});
const waiver = (rule: string) => ({ rule, ...AGREED });

const load = (topics: object, ...rules: readonly string[]) =>
  loadCatalogue({
    domains: {
      "topics/lab.ts": {
        ...{ owner: "lab", topics, waivers: rules.map(waiver) },
        accounts: { robot: { description: "d" } },
      },
      "topics/other.ts": { owner: "other", topics: { alien: TOPIC } },
    },
  });
const rulesOf = (waivers: readonly { readonly rule: string }[] | undefined) =>
  waivers?.map(({ rule }) => rule);

test("a domain's waivers are its topics' and accounts', each by what the rule is about", () => {
  const { topics, accounts } = load(
    { telescope: { ...TOPIC, deadLetter: true } },
    ...["topic-retention", "acl-no-wildcard-resource", "agreement-term"],
  );
  expect(topics.map(({ name, waivers }) => [name, rulesOf(waivers)])).toEqual([
    ["alien", undefined],
    ["telescope", ["topic-retention", "agreement-term"]],
    ["telescope.dlq", ["topic-retention", "agreement-term"]],
  ]);
  expect(rulesOf(accounts[0]?.waivers)).toEqual(["acl-no-wildcard-resource", "agreement-term"]);
  expect(topics[1]?.waivers?.[0]).toEqual({ ...waiver("topic-retention"), domain: "lab" });
});

test("they stand behind a topic's own, in every environment", () => {
  const own = { rule: "topic-retention", ...AGREED, reason: "My own." };
  const { topics } = load(
    {
      telescope: { ...TOPIC, waivers: [own], environments: { prod: { waivers: [own] }, dev: {} } },
    },
    "topic-retention",
  );
  const telescope = topics.find(({ name }) => name === "telescope");
  expect(telescope?.waivers?.map(({ reason }) => reason)).toEqual(["My own.", AGREED.reason]);
  expect(telescope?.environments?.prod?.waivers?.map(({ reason }) => reason)).toEqual([
    ...["My own.", AGREED.reason],
  ]);
  expect(telescope?.environments?.dev).toEqual({});
});

test("a domain without any changes nothing", () => {
  expect(load({ telescope: TOPIC }).topics[1]).not.toHaveProperty("waivers");
});
