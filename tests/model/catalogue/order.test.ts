import fc from "fast-check";
import { expect, test } from "vitest";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "../../../topics/index.ts";
import { ACCOUNT_GROUPS as accountGroups } from "../../../topics/account-groups.ts";
import { DOMAINS } from "../../../topics/domains.ts";
import type { Domain } from "../../../model/catalogue/domain-declaration.ts";

const declared = Object.entries(DOMAINS).map(([file, domain]) => {
  const value = typeof domain === "function" ? (domain as () => unknown)() : domain;
  return [file, value as Domain] as const;
});
const loaded = JSON.stringify(loadCatalogue(DECLARATIONS));

const shuffled = <T>(all: readonly T[]) =>
  fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length });

test("reordering files, topics and accounts changes nothing", () => {
  const reordered = shuffled(declared).chain((files) =>
    fc.tuple(
      ...files.map(([file, domain]) =>
        fc
          .tuple(
            shuffled(Object.entries(domain.topics)),
            shuffled(Object.entries(domain.accounts ?? {})),
          )
          .map(
            ([topics, accounts]) =>
              [
                file,
                {
                  ...domain,
                  topics: Object.fromEntries(topics),
                  accounts: Object.fromEntries(accounts),
                },
              ] as const,
          ),
      ),
    ),
  );
  fc.assert(
    fc.property(reordered, (files) => {
      expect(
        JSON.stringify(loadCatalogue({ domains: Object.fromEntries(files), accountGroups })),
      ).toBe(loaded);
    }),
    { numRuns: 20 },
  );
});

test("moving each declaration to a file of its own changes nothing", () => {
  const moved: (readonly [string, Domain])[] = declared.flatMap(
    ([file, { topics, accounts = {}, ...domain }]) => [
      ...Object.entries(topics).map(([name, topic]) => {
        return [
          `${file}/topics/${name}`,
          { ...domain, topics: { [name]: topic } } as Domain,
        ] as const;
      }),
      ...Object.entries(accounts).map(([name, account]) => {
        const alone = { ...domain, topics: {}, accounts: { [name]: account } };
        return [`${file}/accounts/${name}`, alone] as const;
      }),
    ],
  );
  expect(JSON.stringify(loadCatalogue({ domains: Object.fromEntries(moved), accountGroups }))).toBe(
    loaded,
  );
});
