import { describeFaults } from "../../values/faults.ts";
import { didYouMean, MISSPELT } from "../../values/spelling.ts";
import { type Account, accountGroupSchema } from "../../access/account-declaration.ts";
import { matchesPattern } from "../../access/name-pattern.ts";
import type { DeclaredGrants } from "../../access/grants.ts";
import { ACCOUNT_GROUPS_FILE, type AccountGroups } from "../account-groups.ts";
import type { Declared } from "../catalogue.ts";

type DeclaredAccount = Declared<Account & { readonly name: string }>;

/**
 * What is wrong with accounts and groups although each is well written: groups, topics and accounts that
 * are declared nowhere, names used twice or reserved, and Streams applications that own another's topic.
 */
export function accountFaults(
  accounts: readonly DeclaredAccount[],
  topics: readonly string[],
  groups: AccountGroups,
): string[] {
  const names = accounts.map(({ value }) => value.name);
  return [
    ...groupFaults(groups, topics),
    ...accounts.flatMap(({ file, value: account }) => {
      const at = `${file}: accounts.${account.name}`;
      return [
        ...reserved(at, account.name),
        ...danglingGroups(at, account, groups),
        ...repeatedGroups(at, account),
        ...danglingShares(at, account, names),
        ...grantFaults(at, account, topics),
      ];
    }),
    ...sharedApplications(accounts),
  ];
}

function groupFaults(groups: AccountGroups, topics: readonly string[]) {
  return Object.entries(groups).flatMap(([name, group]) => {
    const at = `${ACCOUNT_GROUPS_FILE}: ${name}`;
    const parsed = accountGroupSchema.safeParse(group);
    return parsed.success
      ? grantFaults(at, parsed.data, topics)
      : describeFaults(parsed.error, group, `${at}.`);
  });
}

/** The Kafka provider's name for the user that has no name: a quota of it would be everybody's. */
const reserved = (at: string, name: string) =>
  name === "entity-default"
    ? [`${at}: Kafka's provider reserves this name for the default user`]
    : [];

function danglingGroups(at: string, { groups = [] }: Account, known: object): string[] {
  const names = Object.keys(known);
  return groups
    .filter((group) => !names.includes(group))
    .map((group) => {
      const all = `the groups are: ${names.join(", ") || "none"}`;
      return `${at}: group "${group}" is declared nowhere; ${didYouMean(group, names, all)}`;
    });
}

const repeatedGroups = (at: string, { groups = [] }: Account): string[] =>
  [...new Set(groups.filter((group, index) => groups.indexOf(group) !== index))].map(
    (group) => `${at}: group "${group}" is named twice`,
  );

const danglingShares = (
  at: string,
  { name, sharesWith = [] }: Account & { readonly name: string },
  known: readonly string[],
): string[] =>
  sharesWith
    .filter((other) => other === name || !known.includes(other))
    .map((other) =>
      other === name
        ? `${at}.sharesWith: "${other}" is the account itself`
        : `${at}.sharesWith: account "${other}" is declared nowhere; ${didYouMean(other, known, MISSPELT)}`,
    );

function grantFaults(at: string, grants: DeclaredGrants, topics: readonly string[]): string[] {
  return [
    ...[...new Set(referencedTopics(grants))]
      .filter((topic) => !matches(topic, topics))
      .map((topic) =>
        topic.endsWith("*")
          ? `${at}: no declared topic starts as "${topic}" says; is it misspelt?`
          : `${at}: topic "${topic}" is declared nowhere; ${didYouMean(topic, topics, MISSPELT)}`,
      ),
    ...(grants.streams ?? []).flatMap(({ applicationId }) =>
      topics
        .filter((topic) => topic.startsWith(`${applicationId}-`))
        .map(
          (topic) =>
            `${at}: streams application "${applicationId}" would own topic "${topic}", ` +
            `because its internal topics start so; give it another applicationId`,
        ),
    ),
  ];
}

const referencedTopics = (grants: DeclaredGrants): string[] => [
  ...grants.produces,
  ...(grants.describes ?? []),
  ...grants.consumes.flatMap(({ topics }) => topics),
  ...(grants.streams ?? []).flatMap(({ consumes, produces }) => [...consumes, ...produces]),
  ...(grants.connect ?? []).flatMap((connect) => [
    connect.configTopic,
    connect.offsetTopic,
    connect.statusTopic,
  ]),
  ...(grants.schemaRegistries ?? []).flatMap(({ topics }) => topics),
  ...(grants.mirrorsTo ?? []).flatMap(({ topics }) => topics),
];

const matches = (mentioned: string, topics: readonly string[]): boolean =>
  topics.some((topic) => matchesPattern(mentioned, topic));

/** Two accounts with one application id would be two applications in one consumer group. */
function sharedApplications(accounts: readonly DeclaredAccount[]): string[] {
  const uses = accounts.flatMap(({ file, value: { name, streams = [] } }) =>
    streams.map(({ applicationId }) => ({ applicationId, at: `accounts.${name} in ${file}` })),
  );
  return [...Map.groupBy(uses, ({ applicationId }) => applicationId)]
    .filter(([, places]) => places.length > 1)
    .map(
      ([id, places]) =>
        `streams application "${id}" is declared twice: ${places.map(({ at }) => at).join(" and ")}`,
    );
}
