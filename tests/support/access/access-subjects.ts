import type { Access, Grants } from "../../../model/access/grants.ts";
import { KAFKA_UI_ACCOUNT } from "../../../model/credentials/platform-accounts.ts";
import { accountAccess } from "../../../model/catalogue/account-access.ts";
import type { Catalogue } from "../../../model/catalogue/catalogue.ts";
import { declaredNames, isDeclared, isDenied, isNamed, type Question } from "./declared-access.ts";

/** Every account of the catalogue, and one of each kind that it happens not to have. */
export const subjects = (catalogue: Catalogue): Access[] => [
  ...catalogue.accounts.map((account) => accountAccess(account)),
  { username: KAFKA_UI_ACCOUNT, grants: { observes: true } },
  {
    username: "streams-exactly-once",
    grants: { streams: [streams("shop-revenue", true)] },
  },
  {
    username: "streams-at-least-once",
    grants: { streams: [streams("shop-funnel", false)] },
  },
  {
    username: "connect-exactly-once",
    grants: {
      connect: [
        {
          group: "connect-shop",
          ...{ configTopic: "shop-configs", offsetTopic: "shop-offsets" },
          ...{ statusTopic: "shop-status", exactlyOnce: true },
        },
      ],
    },
  },
  {
    username: "mirror-out",
    grants: {
      mirrorsTo: [{ target: "eu", topics: ["transactions"], groups: ["spark-streaming"] }],
    },
  },
  { username: "mirror-in", grants: { mirrorsFrom: ["us"] } },
  { username: "from-here", hosts: [HERE, "10.0.0.7"], grants: EVERY_CLIENT },
  { username: "from-elsewhere", hosts: ["127.0.0.2"], grants: EVERY_CLIENT },
  { username: "without-grants", grants: {} },
  {
    username: "without-a-group",
    grants: {
      consumes: [{ topics: ["transactions"] }],
      describes: ["user-events", "analytics-*"],
      creates: ["scratch.*"],
    },
  },
  {
    username: "in-kafkas-words",
    grants: {
      acls: [
        { allow: ["All"], on: "topic:*" },
        { deny: ["Delete", "Alter"], on: "topic:*" },
        { deny: ["All"], on: "topic:trans*" },
        { allow: ["All"], on: "group:*" },
        { deny: ["Delete"], on: "group:from-somewhere" },
        { allow: ["Write"], on: "transactional-id:from-*" },
        { allow: ["Describe", "AlterConfigs"], on: "cluster" },
      ],
    },
  },
];

/** The address that a test comes from. */
const HERE = "127.0.0.1";

const EVERY_CLIENT: Grants = {
  produces: ["transactions"],
  consumes: [{ topics: ["user-events"], group: "from-somewhere" }],
  transactionalIds: ["from-somewhere"],
  observes: true,
};

const streams = (applicationId: string, exactlyOnce: boolean) => ({
  applicationId,
  consumes: ["transactions"],
  produces: ["analytics-results"],
  exactlyOnce,
});

/** Whether the declarations of an account let it do this from here. */
export const mayFromHere = ({ hosts, grants, groups }: Access, question: Question): boolean =>
  (hosts?.includes(HERE) ?? true) &&
  [grants, ...Object.values(groups ?? {})].some((granted) => isDeclared(granted, question)) &&
  ![grants, ...Object.values(groups ?? {})].some((granted) => isDenied(granted, question));

export type Resources = Readonly<Record<Question["resourceType"], readonly string[]>>;

/**
 * Names to try: whatever any account names, an example of each prefix, and for each the next name that
 * it does not mean, which only begins like it.
 */
export function resources(all: readonly Access[], topics: readonly string[]): Resources {
  const named = all.flatMap(({ grants, groups }) => [
    ...declaredNames(grants),
    ...Object.values(groups ?? {}).flatMap(declaredNames),
  ]);
  const tried = (resourceType: Question["resourceType"], more: readonly string[] = []) => [
    ...new Set([
      ...more,
      ...named.filter((one) => one.resourceType === resourceType).flatMap(({ name }) => near(name)),
    ]),
  ];
  return {
    Topic: tried("Topic", topics),
    Group: tried("Group"),
    TransactionalID: tried("TransactionalID"),
    Cluster: ["kafka-cluster"],
  };
}

function near(name: string): string[] {
  if (name === "*") return [];
  if (!name.endsWith("*")) return [name, `${name}x`];
  const prefix = name.slice(0, -1);
  return [`${prefix}1`, `${prefix.slice(0, -1)}x`];
}

/** What a client of an account does all day, with an example for each name that ends in `*`. */
export function workOf(grants: Grants, topics: readonly string[]) {
  const { produces = [], deadLetters = [], consumes = [], transactionalIds = [] } = grants;
  const meant = (mentioned: readonly string[]) =>
    topics.filter((topic) => mentioned.some((name) => isNamed(name, topic)));
  const example = (name: string) => name.replace(/\*$/, "1");
  return {
    produces: meant([...produces, ...deadLetters.map(({ topic }) => topic)]),
    transactionalIds: transactionalIds.map(example),
    consumes: consumes.flatMap(({ topics: mentioned, group }) =>
      group === undefined ? [] : [{ topics: meant(mentioned), group: example(group) }],
    ),
  };
}
