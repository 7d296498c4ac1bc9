import { UNKNOWN } from "../../../policy/resource.ts";
import { ACCOUNT as ACCOUNT_TYPE } from "../../../model/stack/resource-types.ts";
import {
  ACCOUNT,
  ACL,
  acl,
  changed,
  CREDENTIAL,
  everythingWith,
  everythingWithout,
  KAFKA_PROVIDER,
  QUOTA,
  REMOVED,
  resource,
  TOPIC,
} from "../resources.ts";
import type { CasesOf } from "./case.ts";

const NOT_KNOWN = "is not known yet; wanted";
const NAMED = 'wanted "User:" and the name of an account';
const TOO_WIDE =
  "is too wide; wanted a prefix of at least 3 characters that ends in '.', '_' or '-'";
const unknown = (key: string) => acl({ [key]: UNKNOWN });
const prefixed = (name: string) =>
  acl({ aclResourceName: name, resourcePatternTypeFilter: "Prefixed" });
const deny = (change: object) => acl({ aclPermissionType: "Deny", ...change });
const streams = resource(ACCOUNT_TYPE, "shop", {
  username: "shop",
  grants: { streams: [{ applicationId: "shop-app" }] },
});

export const ACCESS_CASES: CasesOf<
  | "kafka-identity"
  | "acl-no-wildcard-principal"
  | "acl-no-wildcard-resource"
  | "acl-no-all"
  | "acl-no-cluster-alter"
  | "acl-known-principal"
  | "acl-known-topic"
  | "acl-deny"
  | "acl-host"
  | "account-scram"
  | "account-declared"
  | "quota-default"
  | "kafka-tls"
  | "ui-account"
> = {
  "kafka-identity": {
    good: [[TOPIC], [ACL], [CREDENTIAL]],
    bad: [
      [{ ...TOPIC, name: "my-orders" }, 'its logical name is "my-orders"; wanted "orders"'],
      [{ ...CREDENTIAL, name: "shop" }, 'its logical name is "shop"; wanted "shop|SCRAM-SHA-512"'],
      [
        { ...ACL, name: "shop-orders" },
        'its logical name is "shop-orders"; wanted "User:shop|*|Write|Allow|Topic|orders|Literal"',
      ],
    ],
    missing: [[changed(TOPIC, ["name"], REMOVED), 'its logical name is "orders"; wanted ""']],
    unknown: [[changed(TOPIC, ["name"], UNKNOWN), `undecidable: name ${NOT_KNOWN} text`]],
    unrelated: [[{ ...QUOTA, name: "anything" }]],
  },
  "acl-no-wildcard-principal": {
    good: [[ACL], [deny({ aclPrincipal: "User:*" })]],
    bad: [
      [acl({ aclPrincipal: "User:*" }), `aclPrincipal is "User:*"; ${NAMED}`],
      [acl({ aclPrincipal: "User:ANONYMOUS" }), `aclPrincipal is "User:ANONYMOUS"; ${NAMED}`],
      [acl({ aclPrincipal: "shop" }), `aclPrincipal is "shop"; ${NAMED}`],
    ],
    missing: [[changed(ACL, ["aclPrincipal"], REMOVED), `aclPrincipal is missing; ${NAMED}`]],
    unknown: [[unknown("aclPrincipal"), `undecidable: aclPrincipal ${NOT_KNOWN} text`]],
    unrelated: [[changed(CREDENTIAL, ["aclPrincipal"], "User:*")]],
  },
  "acl-no-wildcard-resource": {
    good: [
      [ACL],
      [prefixed("shop.")],
      [acl({ aclResourceName: "*", aclOperation: "Describe" })],
      [acl({ aclResourceName: "*", aclOperation: "Read", aclPrincipal: "User:kafka-ui" })],
      [deny({ aclResourceName: "*" })],
    ],
    bad: [
      [acl({ aclResourceName: "*" }), '"Write" on every resource; wanted a name'],
      [
        acl({ aclResourceName: "*", aclOperation: "Read", aclResourceType: "Group" }),
        '"Read" on every resource; wanted a name',
      ],
      [prefixed("a."), `the Prefixed pattern "a." ${TOO_WIDE}`],
      [
        prefixed("lsst.sal"),
        'the prefix "lsst.sal" has no separator at its end, so a name such as "lsst.salx" is meant too; ' +
          "wanted one that ends in '.', '_' or '-', such as \"lsst.sal.\"",
      ],
      [prefixed("*"), `the Prefixed pattern "*" ${TOO_WIDE}`],
      [acl({ resourcePatternTypeFilter: "Match" }), `the Match pattern "orders" ${TOO_WIDE}`],
    ],
    missing: [
      [changed(ACL, ["aclResourceName"], REMOVED), "aclResourceName is missing; wanted a name"],
    ],
    unknown: [[unknown("aclResourceName"), `undecidable: aclResourceName ${NOT_KNOWN} text`]],
    unrelated: [[changed(CREDENTIAL, ["aclResourceName"], "*")]],
  },
  "acl-no-all": {
    good: [[ACL], [deny({ aclOperation: "All" })]],
    bad: [
      [acl({ aclOperation: "All" }), 'aclOperation is "All"; wanted one operation'],
      [acl({ aclOperation: "any" }), 'aclOperation is "any"; wanted one operation'],
    ],
    missing: [
      [changed(ACL, ["aclOperation"], REMOVED), "aclOperation is missing; wanted one operation"],
    ],
    unknown: [[unknown("aclOperation"), `undecidable: aclOperation ${NOT_KNOWN} text`]],
    unrelated: [[changed(CREDENTIAL, ["aclOperation"], "All")]],
  },
  "acl-no-cluster-alter": {
    good: [
      [ACL],
      [acl({ aclResourceType: "Cluster", aclOperation: "DescribeConfigs" })],
      [acl({ aclResourceType: "Cluster", aclOperation: "IdempotentWrite" })],
    ],
    bad: [
      [
        acl({ aclResourceType: "Cluster", aclOperation: "Alter" }),
        '"Alter" on the cluster; wanted Describe or DescribeConfigs at most',
      ],
      [
        acl({ aclResourceType: "Cluster", aclOperation: "ClusterAction" }),
        '"ClusterAction" on the cluster; wanted Describe or DescribeConfigs at most',
      ],
      [
        acl({ aclResourceType: "Cluster", aclOperation: "Create" }),
        '"Create" on the cluster; wanted Describe or DescribeConfigs at most',
      ],
    ],
    missing: [[changed(ACL, ["aclResourceType"], REMOVED)]],
    unknown: [[unknown("aclResourceType"), `undecidable: aclResourceType ${NOT_KNOWN} text`]],
    unrelated: [[acl({ aclOperation: "Alter" })]],
  },
  "acl-deny": {
    good: [[ACL]],
    bad: [[deny({}), 'aclPermissionType is "Deny"; wanted "Allow"']],
    missing: [[changed(ACL, ["aclPermissionType"], REMOVED)]],
    unknown: [[unknown("aclPermissionType"), `undecidable: aclPermissionType ${NOT_KNOWN} text`]],
    unrelated: [[changed(CREDENTIAL, ["aclPermissionType"], "Deny")]],
  },
  "ui-account": {
    good: [[acl({ aclPrincipal: "User:kafka-ui", aclOperation: "Read" })]],
    bad: [
      [
        acl({ aclPrincipal: "User:kafka-ui", aclOperation: "Delete" }),
        '"Delete" for the UI; wanted Describe, DescribeConfigs or Read',
      ],
    ],
    missing: [
      [
        changed(acl({ aclPrincipal: "User:kafka-ui" }), ["aclOperation"], REMOVED),
        "missing for the UI; wanted Describe, DescribeConfigs or Read",
      ],
    ],
    unknown: [
      [
        acl({ aclPrincipal: "User:kafka-ui", aclOperation: UNKNOWN }),
        `undecidable: aclOperation ${NOT_KNOWN} text`,
      ],
    ],
    unrelated: [[acl({ aclOperation: "Delete" })]],
  },
  "account-scram": {
    good: [
      [CREDENTIAL],
      [changed(CREDENTIAL, ["scramMechanism"], "SCRAM-SHA-256")],
      [changed(CREDENTIAL, ["password"], UNKNOWN)],
    ],
    bad: [
      [
        changed(CREDENTIAL, ["scramMechanism"], "PLAIN"),
        'scramMechanism is "PLAIN"; wanted SCRAM-SHA-512 or SCRAM-SHA-256',
      ],
      [
        changed(CREDENTIAL, ["scramIterations"], 4096),
        "scramIterations is 4096; wanted at least 8192",
      ],
    ],
    missing: [
      [
        changed(CREDENTIAL, ["scramMechanism"], REMOVED),
        "scramMechanism is missing; wanted SCRAM-SHA-512 or SCRAM-SHA-256",
      ],
      [
        changed(CREDENTIAL, ["scramIterations"], REMOVED),
        "scramIterations is missing; wanted at least 8192",
      ],
      [changed(CREDENTIAL, ["password"], REMOVED), "password is missing"],
    ],
    unknown: [
      [
        changed(CREDENTIAL, ["scramIterations"], UNKNOWN),
        `undecidable: scramIterations ${NOT_KNOWN} a number`,
      ],
    ],
    unrelated: [[changed(ACL, ["scramMechanism"], "PLAIN")]],
  },
  "account-declared": {
    good: [
      [CREDENTIAL],
      [ACL],
      [changed({ ...CREDENTIAL, parent: undefined }, ["username"], "admin")],
    ],
    bad: [
      [{ ...ACL, parent: TOPIC.urn }, "it belongs to no account of topics/, nor to the platform"],
      [
        { ...CREDENTIAL, parent: TOPIC.urn },
        "it belongs to no account of topics/, nor to the platform",
      ],
    ],
    missing: [
      [{ ...ACL, parent: undefined }, "it belongs to no account of topics/, nor to the platform"],
    ],
    // Who its parent is, is always known.
    unknown: [
      [acl({ aclOperation: UNKNOWN })],
      [
        changed({ ...CREDENTIAL, parent: undefined }, ["username"], UNKNOWN),
        `undecidable: username ${NOT_KNOWN} text`,
      ],
    ],
    unrelated: [[{ ...QUOTA, parent: undefined }]],
  },
  "kafka-tls": {
    good: [[KAFKA_PROVIDER]],
    bad: [
      [changed(KAFKA_PROVIDER, ["tlsEnabled"], "false"), 'tlsEnabled is "false"; wanted "true"'],
      [
        changed(KAFKA_PROVIDER, ["skipTlsVerify"], "true"),
        'skipTlsVerify is "true"; wanted the certificate to be checked',
      ],
    ],
    missing: [
      [changed(KAFKA_PROVIDER, ["tlsEnabled"], REMOVED), 'tlsEnabled is missing; wanted "true"'],
      [
        changed(KAFKA_PROVIDER, ["saslUsername"], REMOVED),
        "saslUsername is missing; wanted a login",
      ],
    ],
    unknown: [
      [
        changed(KAFKA_PROVIDER, ["tlsEnabled"], UNKNOWN),
        `undecidable: tlsEnabled ${NOT_KNOWN} text`,
      ],
    ],
    unrelated: [[changed(ACL, ["tlsEnabled"], "false")]],
  },
  "acl-known-principal": {
    good: [[[ACCOUNT, ACL]], [[CREDENTIAL, ACL]]],
    bad: [
      [
        [ACCOUNT, acl({ aclPrincipal: "User:nobody" })],
        '"User:nobody" is no account of this stack',
      ],
      [[ACCOUNT, acl({ aclPrincipal: "shop" })], '"shop" is no account of this stack'],
    ],
    missing: [
      [ACL, '"User:shop" is no account of this stack'],
      [[ACCOUNT, changed(ACL, ["aclPrincipal"], REMOVED)], '"" is no account of this stack'],
    ],
    unknown: [
      [[ACCOUNT, unknown("aclPrincipal")], `undecidable: aclPrincipal ${NOT_KNOWN} text`],
      [[changed(ACCOUNT, ["username"], UNKNOWN), ACL], `undecidable: username ${NOT_KNOWN} text`],
    ],
    unrelated: [[[ACCOUNT, CREDENTIAL]]],
  },
  "acl-known-topic": {
    good: [
      [[TOPIC, ACL]],
      [[TOPIC, prefixed("ord")]],
      [[TOPIC, acl({ aclResourceName: "*" })]],
      [[streams, prefixed("shop-app-")]],
      [[TOPIC, acl({ aclResourceType: "Group", aclResourceName: "anything" })]],
    ],
    bad: [
      [[TOPIC, acl({ aclResourceName: "order" })], 'there is no topic "order" in this stack'],
      [[TOPIC, prefixed("shop.")], 'no topic starts with "shop." in this stack'],
      [[streams, prefixed("other-app-")], 'no topic starts with "other-app-" in this stack'],
    ],
    missing: [[ACL, 'there is no topic "orders" in this stack']],
    unknown: [
      [[TOPIC, unknown("aclResourceName")], `undecidable: aclResourceName ${NOT_KNOWN} text`],
      [[changed(TOPIC, ["name"], UNKNOWN), ACL], `undecidable: name ${NOT_KNOWN} text`],
    ],
    unrelated: [[[TOPIC, CREDENTIAL]]],
  },
  "acl-host": {
    good: [
      [[KAFKA_PROVIDER, ACL]],
      [[changed(KAFKA_PROVIDER, ["tlsEnabled"], "false"), acl({ aclHost: "192.0.2.1" })]],
    ],
    bad: [
      [
        [changed(KAFKA_PROVIDER, ["tlsEnabled"], "false"), ACL],
        'aclHost is "*" without TLS; wanted an address',
      ],
    ],
    missing: [
      [
        [changed(KAFKA_PROVIDER, ["tlsEnabled"], REMOVED), changed(ACL, ["aclHost"], REMOVED)],
        'aclHost is "*" without TLS; wanted an address',
      ],
    ],
    unknown: [
      [
        [changed(KAFKA_PROVIDER, ["tlsEnabled"], UNKNOWN), ACL],
        `undecidable: tlsEnabled ${NOT_KNOWN} text`,
      ],
    ],
    unrelated: [[[changed(KAFKA_PROVIDER, ["tlsEnabled"], "false"), CREDENTIAL]]],
  },
  "quota-default": {
    good: [[everythingWith()]],
    bad: [
      [
        everythingWith(changed(QUOTA, ["entityName"], "shop")),
        "there is no quota of the default user",
      ],
    ],
    missing: [[everythingWithout(QUOTA), "there is no quota of the default user"]],
    unknown: [
      [
        everythingWith(changed(QUOTA, ["entityType"], UNKNOWN)),
        `undecidable: entityType ${NOT_KNOWN} text`,
      ],
    ],
    unrelated: [[TOPIC]],
  },
};
