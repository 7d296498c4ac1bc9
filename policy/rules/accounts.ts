import { CLUSTER_ACCOUNT_NAMES } from "../../model/kubernetes/cluster-accounts.ts";
import { PLATFORM_ACCOUNT_NAMES } from "../../model/credentials/platform-accounts.ts";
import { SCRAM_ITERATIONS } from "../../model/credentials/credentials.ts";
import {
  PRODUCTION,
  EVERYWHERE,
  type ResourceRule,
  SHARED,
  show,
  type StackRule,
  when,
} from "../rule.ts";
import { type Stack, type Subject, typeOfUrn } from "../subject.ts";
import {
  ACCOUNT,
  ACL,
  CREDENTIAL,
  KAFKA_PROVIDER,
  QUOTA,
  TOPIC,
} from "../../model/stack/resource-types.ts";
import { SCRAM_MECHANISMS } from "../../model/values/scram-mechanism.ts";

/** Users that exist from the moment a disk is formatted; rotating one declares its credential. */
const PLATFORM_USERS = [...PLATFORM_ACCOUNT_NAMES, ...CLUSTER_ACCOUNT_NAMES];

const MECHANISMS: readonly string[] = SCRAM_MECHANISMS;

/** Rules on users and their credentials. */
export const ACCOUNT_RULES: readonly ResourceRule[] = [
  {
    id: "account-scram",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [CREDENTIAL],
    title: `Credentials are SCRAM, with at least ${SCRAM_ITERATIONS} iterations and a password`,
    reason:
      "Iterations are what a stolen hash costs to try out. Both mechanisms are fine: an account " +
      "alternates between them when it is rotated.",
    fix: "Declare the account in topics/.",
    check({ fields }) {
      const mechanism = fields.text("scramMechanism");
      const iterations = fields.number("scramIterations");
      return [
        ...when(
          !MECHANISMS.includes(mechanism ?? ""),
          `scramMechanism is ${show(mechanism)}; wanted ${MECHANISMS.join(" or ")}`,
        ),
        ...when(
          iterations === undefined || iterations < SCRAM_ITERATIONS,
          `scramIterations is ${show(iterations)}; wanted at least ${SCRAM_ITERATIONS}`,
        ),
        ...when(!fields.has("password") && !fields.has("passwordWo"), "password is missing"),
      ];
    },
  },
  {
    id: "account-declared",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [CREDENTIAL, ACL],
    title: "Credentials and grants belong to a declared account; the platform has some of its own",
    reason: "What no account owns is nobody's to rotate, and stays when everybody has gone.",
    fix: "Declare the account in topics/, with what it produces and consumes.",
    check({ resource: { type, parent = "" }, fields }) {
      const own = type === CREDENTIAL && PLATFORM_USERS.includes(fields.text("username") ?? "");
      return when(
        typeOfUrn(parent) !== ACCOUNT && !own,
        "it belongs to no account of topics/, nor to the platform",
      );
    },
  },
  {
    id: "kafka-tls",
    level: "mandatory",
    environments: SHARED,
    types: [KAFKA_PROVIDER],
    title: "The program itself talks to Kafka over TLS, with a login, and checks the certificate",
    reason: "It sends every password of the stack.",
    fix: "Let the cluster's endpoint say so, as components/kafka/kafka-provider.ts does.",
    check({ fields }) {
      return [
        ...when(
          fields.text("tlsEnabled") !== "true",
          `tlsEnabled is ${show(fields.text("tlsEnabled"))}; wanted "true"`,
        ),
        ...when(
          fields.text("skipTlsVerify") === "true",
          'skipTlsVerify is "true"; wanted the certificate to be checked',
        ),
        ...when(!fields.has("saslUsername"), "saslUsername is missing; wanted a login"),
      ];
    },
  },
];

const usernamesOf = (stack: Stack) =>
  new Set(stack.ofType(ACCOUNT, CREDENTIAL).flatMap(({ fields }) => fields.text("username") ?? []));

/** Starts of the names of topics that an account makes for itself: Streams, MirrorMaker. */
const ownTopics = (account: Subject): string[] => {
  const grants = account.fields.in("grants");
  return [
    ...grants.list("streams").map((app) => `${app.text("applicationId") ?? ""}-`),
    ...grants.texts("mirrorsFrom").flatMap((source) => [`${source}.`, "heartbeats", "mm2-"]),
    ...(grants.list("mirrorsTo").length > 0 ? ["mm2-"] : []),
  ];
};

/** Rules on grants beside accounts and topics. */
export const ACCOUNTS_TOGETHER_RULES: readonly StackRule[] = [
  {
    id: "acl-known-principal",
    level: "mandatory",
    environments: EVERYWHERE,
    title: "Grants name users that exist",
    reason: "Whoever is given that name later gets the grant with it.",
    fix: "Correct the name, or declare the account.",
    checkStack(stack) {
      const known = usernamesOf(stack);
      return stack.ofType(ACL).flatMap(({ resource: { urn }, fields }) => {
        const principal = fields.text("aclPrincipal") ?? "";
        const fine = principal.startsWith("User:") && known.has(principal.slice("User:".length));
        return fine ? [] : [{ urn, message: `${show(principal)} is no account of this stack` }];
      });
    },
  },
  {
    id: "acl-known-topic",
    level: "mandatory",
    environments: EVERYWHERE,
    title: "Grants on topics match a topic that is declared, or one that the account itself makes",
    reason:
      "A misspelt grant gives nothing to whom it was meant for, and something to a later topic.",
    fix: "Correct the name, or declare the topic.",
    checkStack(stack) {
      const topics = stack.ofType(TOPIC).flatMap(({ fields }) => fields.text("name") ?? []);
      const names = new Set(topics);
      const own = new Map(
        stack
          .ofType(ACCOUNT)
          .map((account) => [`User:${account.fields.text("username") ?? ""}`, ownTopics(account)]),
      );
      return stack.ofType(ACL).flatMap(({ resource: { urn }, fields }) => {
        const name = fields.text("aclResourceName") ?? "";
        if (fields.text("aclResourceType") !== "Topic" || name === "*") return [];
        const prefixed = fields.text("resourcePatternTypeFilter") === "Prefixed";
        const declared = prefixed
          ? topics.some((topic) => topic.startsWith(name))
          : names.has(name);
        const mine = own.get(fields.text("aclPrincipal") ?? "") ?? [];
        if (declared || mine.some((start) => name.startsWith(start))) return [];
        const what = prefixed ? `no topic starts with "${name}"` : `there is no topic "${name}"`;
        return [{ urn, message: `${what} in this stack` }];
      });
    },
  },
  {
    id: "acl-host",
    level: "advisory",
    environments: SHARED,
    title: "Grants from every address only where clients are encrypted",
    reason: "A login that anybody on the way can read is worth as much as its address.",
    fix: "Turn on TLS, or name the addresses (hosts) of the account.",
    checkStack(stack) {
      const encrypted = stack
        .ofType(KAFKA_PROVIDER)
        .every(({ fields }) => fields.text("tlsEnabled") === "true");
      if (encrypted) return [];
      return stack.ofType(ACL).flatMap(({ resource: { urn }, fields }) => {
        const host = fields.text("aclHost") ?? "*";
        return host === "*"
          ? [{ urn, message: 'aclHost is "*" without TLS; wanted an address' }]
          : [];
      });
    },
  },
  {
    id: "quota-default",
    level: "advisory",
    environments: PRODUCTION,
    title: "Users without a quota of their own share a default one",
    reason: "One client that runs wild takes the brokers from all others.",
    fix: "Set kafka-platform:defaultQuota in the stack file.",
    checkStack(stack) {
      const [provider] = stack.ofType(KAFKA_PROVIDER);
      const isDefault = ({ fields }: Subject) =>
        fields.text("entityType") === "user" && !fields.has("entityName");
      if (!provider || stack.ofType(QUOTA).some(isDefault)) return [];
      return [{ urn: provider.resource.urn, message: "there is no quota of the default user" }];
    },
  },
];
