import fc from "fast-check";
import { expect, test } from "vitest";
import { ServiceAccount } from "../../components/kafka/service-account.ts";
import { topicSpec } from "../../model/topic/topic-spec.ts";
import { ManagedTopic } from "../../components/kafka/managed-topic.ts";
import { accountAccess } from "../../model/catalogue/account-access.ts";
import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import { ACCOUNT_GROUPS as accountGroups } from "../../topics/account-groups.ts";
import { DOMAINS } from "../../topics/domains.ts";
import type { Domain } from "../../model/catalogue/domain-declaration.ts";
import { record, type Recorded } from "../support/pulumi/recorder.ts";
import { STACK_SECRET as stackSecret } from "../support/pulumi/stack-file.ts";

type Files = Readonly<Record<string, unknown>>;

/** What is registered of a catalogue, in order of name. */
const registered = (domains: Files): Promise<Recorded[]> =>
  record(() => {
    const { topics, accounts } = loadCatalogue({ domains, accountGroups });
    for (const topic of topics) {
      const { name: topicName, owner, description, classification, guarded } = topic;
      const spec = topicSpec(topic, "prod");
      new ManagedTopic(topicName, { topicName, spec, owner, description, classification, guarded });
    }
    for (const account of accounts) {
      new ServiceAccount(account.name, { ...accountAccess(account), stackSecret });
    }
  });

const permutation = <T>(all: readonly T[]) =>
  fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length });
const fileNumber = () => fc.nat({ max: 2 });

/** Every declaration in another place: other files of its owner, other lines, lists in another order. */
function rearranged(g: fc.GeneratorValue): Files {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return g(permutation, value as unknown[]).map(shuffled);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      g(permutation, Object.entries(value)).map(([key, item]) => [key, shuffled(item)]),
    );
  };
  const files = new Map<string, Domain>();
  for (const [file, declared] of g(permutation, Object.entries(DOMAINS))) {
    const domain: unknown =
      typeof declared === "function" ? (declared as () => unknown)() : declared;
    const { topics, accounts = {}, ...rest } = shuffled(domain) as Domain;
    const place = () => {
      const name = `${file}/${g(fileNumber)}`;
      const moved = files.get(name) ?? { ...rest, topics: {}, accounts: {} };
      files.set(name, moved);
      return moved;
    };
    for (const [name, topic] of Object.entries(topics)) place().topics[name] = topic;
    for (const [name, account] of Object.entries(accounts)) {
      const { accounts: there = {} } = place();
      there[name] = account;
    }
  }
  return Object.fromEntries(files);
}

test("moving and reordering declarations changes no resource: names, inputs and secrets", async () => {
  const before = await registered(DOMAINS);
  const { topics, accounts } = loadCatalogue({ domains: DOMAINS, accountGroups });
  expect(before.length).toBeGreaterThan(topics.length + accounts.length);
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      expect(await registered(rearranged(g))).toEqual(before);
    }),
    { numRuns: 4 },
  );
}, 120_000);
