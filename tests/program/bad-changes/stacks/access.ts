import { secretValue } from "../../../../policy/resource.ts";
import { ACL, CREDENTIAL, KAFKA_PROVIDER } from "../../../../model/stack/resource-types.ts";
import type { BadStack } from "../bad-stack.ts";

const account = (grants: object) => ({
  owner: "shop",
  topics: {},
  accounts: { intruder: { description: "ClusterRequirements more than it should.", ...grants } },
});

/** An entry as somebody writes it by hand, without a component around it. */
const byHand = (entry: Readonly<Record<string, string>>) => ({
  type: ACL,
  name: Object.values(entry).join("|"),
  inputs: entry,
});
const ENTRY = {
  aclPrincipal: "User:intruder",
  aclHost: "*",
  aclOperation: "Read",
  aclPermissionType: "Allow",
  aclResourceType: "Topic",
  aclResourceName: "batch_jobs",
  resourcePatternTypeFilter: "Literal",
};
const named = (entry: Readonly<Record<string, string>>) => [Object.values(entry).join("|")];
const everybody = {
  ...ENTRY,
  aclPrincipal: "User:*",
  aclOperation: "All",
  aclResourceName: "*",
};
const alter = {
  ...ENTRY,
  aclOperation: "Alter",
  aclResourceType: "Cluster",
  aclResourceName: "kafka-cluster",
};
const misspelt = { ...ENTRY, aclResourceName: "batch_job" };
const writer = { ...ENTRY, aclPrincipal: "User:kafka-ui", aclOperation: "Write" };
const CREDENTIALS = {
  username: "intruder",
  scramMechanism: "SCRAM-SHA-512",
  password: secretValue("0123456789abcdef"),
};

export const ACCESS_STACKS: Readonly<Record<string, BadStack>> = {
  "an account that reads every topic": {
    stack: "prod",
    domain: account({ observes: true }),
    breaks: { "acl-no-wildcard-resource": ["User:intruder|*|Read|Allow|Topic|*|Literal"] },
  },
  "a prefix that later topics will begin with": {
    stack: "dev",
    domain: account({ produces: ["batch*"] }),
    breaks: { "acl-no-wildcard-resource": ["User:intruder|*|Write|Allow|Topic|batch|Prefixed"] },
  },
  "everything for everybody": {
    stack: "dev",
    additions: [byHand(everybody)],
    breaks: {
      "acl-no-wildcard-principal": named(everybody),
      "acl-no-wildcard-resource": named(everybody),
      "acl-no-all": named(everybody),
      "account-declared": named(everybody),
      "acl-known-principal": named(everybody),
    },
  },
  "somebody alters the cluster": {
    stack: "prod",
    domain: account({}),
    additions: [byHand(alter)],
    breaks: { "acl-no-cluster-alter": named(alter), "account-declared": named(alter) },
  },
  "a grant on a topic that is misspelt": {
    stack: "prod",
    domain: account({}),
    additions: [byHand(misspelt)],
    breaks: { "account-declared": named(misspelt), "acl-known-topic": named(misspelt) },
  },
  "the UI may write": {
    stack: "dev",
    additions: [byHand(writer)],
    breaks: { "account-declared": named(writer), "ui-account": named(writer) },
  },
  "a login by hand, easy to guess": {
    stack: "dev",
    additions: [
      {
        type: CREDENTIAL,
        name: "intruder|SCRAM-SHA-512",
        inputs: { ...CREDENTIALS, scramIterations: 4096 },
      },
    ],
    breaks: {
      "account-scram": ["intruder|SCRAM-SHA-512"],
      "account-declared": ["intruder|SCRAM-SHA-512"],
    },
  },
  "a grant under a name of its own": {
    stack: "dev",
    domain: account({}),
    additions: [{ ...byHand(ENTRY), name: "intruder-reads-jobs" }],
    breaks: {
      "kafka-identity": ["intruder-reads-jobs"],
      "account-declared": ["intruder-reads-jobs"],
    },
  },
  "passwords sent in the clear": {
    stack: "prod",
    patches: [{ type: KAFKA_PROVIDER, name: "kafka", at: ["tlsEnabled"], value: "false" }],
    breaks: { "kafka-tls": ["kafka"] },
  },
  "a password that is no secret": {
    stack: "prod",
    patches: [{ type: KAFKA_PROVIDER, name: "kafka", at: ["saslPassword"], value: "plain" }],
    breaks: { "secret-inputs": ["kafka"] },
    unseenByCli: "the CLI does not tell a policy which values are marked as secret",
  },
};
