import { secretValue, UNKNOWN } from "../../../policy/resource.ts";
import { CONTAINER as CONTAINER_TYPE } from "../../../model/stack/resource-types.ts";
import {
  CLUSTER,
  changed,
  CONFIG_MAP,
  CONTAINER,
  CREDENTIAL,
  DECLARATION,
  DEPLOYMENT,
  DOCKER_BROKER,
  KAFKA_PROVIDER,
  KUBERNETES_UI,
  OTHER_CONFIG_MAP,
  type Path,
  REMOVED,
  resource,
  STATEFUL_SET,
  TOPIC,
  UI_SECRET,
  uiFile,
  withProperty,
} from "../resources.ts";
import type { CasesOf } from "./case.ts";

const NOT_KNOWN = "is not known yet; wanted";
const env: Path = ["spec", "template", "spec", "containers", 0, "env"];
const withEnv = (...entries: unknown[]) => changed(DEPLOYMENT, env, entries);
const uiUpload = (content: unknown) =>
  changed(CONTAINER, ["uploads"], secretValue([{ file: "/etc/kafka-platform/ui.yml", content }]));
const open = { auth: { type: "DISABLED" }, kafka: { clusters: [{ readOnly: false }] } };
const WAIVER = {
  rule: "topic-retention",
  reason: "Compliance.",
  owner: "shop",
  until: "2026-11-25",
};
const AGREED = { reason: "r", by: "b", until: "2027-11-26" };
const APPROVED = { ...AGREED, change: "rename" };
const agreed = (given: Readonly<Record<string, unknown>>) =>
  Object.entries(given).reduce((one, [key, value]) => changed(one, [key], value), DECLARATION);
const waiving = (change: object) => changed(DECLARATION, ["waivers"], [{ ...WAIVER, ...change }]);

export const SECRET_CASES: CasesOf<
  | "secret-inputs"
  | "secrets-in-the-open"
  | "secret-environment"
  | "ui-locked"
  | "docker-loopback"
  | "docker-hardened"
  | "waiver-expired"
  | "agreement-term"
> = {
  "secret-inputs": {
    good: [[CREDENTIAL], [KAFKA_PROVIDER], [UI_SECRET], [CONTAINER]],
    bad: [
      [changed(CREDENTIAL, ["password"], "plain"), "password is not marked as secret"],
      [changed(KAFKA_PROVIDER, ["saslPassword"], "plain"), "saslPassword is not marked as secret"],
      [changed(UI_SECRET, ["data"], {}), "data is not marked as secret"],
      [changed(UI_SECRET, ["stringData"], {}), "stringData is not marked as secret"],
      [changed(CONTAINER, ["uploads"], []), "uploads is not marked as secret"],
    ],
    missing: [[changed(CREDENTIAL, ["password"], REMOVED)]],
    unknown: [
      [changed(CREDENTIAL, ["password"], UNKNOWN), "password is not marked as secret"],
      [changed(CREDENTIAL, ["password"], secretValue(UNKNOWN))],
    ],
    unrelated: [[changed(TOPIC, ["password"], "plain")]],
  },
  "secrets-in-the-open": {
    good: [[CONFIG_MAP], [DOCKER_BROKER], [CONTAINER], [STATEFUL_SET], [DEPLOYMENT]],
    bad: [
      [
        withEnv({ name: "KAFKA_PASSWORD", value: "hunter2" }),
        "container kafka-ui: env KAFKA_PASSWORD is a secret in the open",
      ],
      [
        withProperty("ssl.key.password", "hunter2"),
        "broker.properties: ssl.key.password is a secret in the open",
      ],
      [
        withProperty(
          "listener.name.client.plain.sasl.jaas.config",
          'x required user_admin="hunter2";',
        ),
        "broker.properties is a secret in the open",
      ],
      [
        changed(OTHER_CONFIG_MAP, ["data", "key.pem"], "-----BEGIN EC PRIVATE KEY-----\nMHc\n"),
        "key.pem is a secret in the open",
      ],
      [changed(CONTAINER, ["envs"], ["API_TOKEN=abc"]), "env API_TOKEN is a secret in the open"],
      [
        changed(DOCKER_BROKER, ["properties", "ssl.keystore.password"], "hunter2"),
        "ssl.keystore.password is a secret in the open",
      ],
      [
        changed(
          OTHER_CONFIG_MAP,
          ["data", "a.json"],
          '{\n  "passwords": [\n    "a"\n  ],\n  "password": "[x"\n}',
        ),
        "a.json: password is a secret in the open",
      ],
    ],
    missing: [[changed(CONFIG_MAP, ["data"], REMOVED)], [withEnv({ name: "PASSWORD_FILE" })]],
    unknown: [
      [changed(CONFIG_MAP, ["data"], UNKNOWN), `undecidable: data ${NOT_KNOWN} an object`],
      [
        withEnv({ name: "A", value: UNKNOWN }),
        `undecidable: spec.template.spec.containers[0].env[0].value ${NOT_KNOWN} text`,
      ],
    ],
    // What looks like a secret and is a path, or a reference to a file.
    unrelated: [
      [withEnv({ name: "PASSWORD_FILE", value: "/etc/secrets/password" })],
      [withProperty("ssl.key.password", "${dir:/etc/kafka-platform/secrets:key}")],
      [
        changed(
          OTHER_CONFIG_MAP,
          ["data", "exporter.json"],
          '{\n  "credentials": [\n    { "account": "a" }\n  ],\n  "tokens": {},\n  "secrets": {\n}}',
        ),
      ],
      [UI_SECRET],
    ],
  },
  "secret-environment": {
    good: [[STATEFUL_SET], [DEPLOYMENT]],
    bad: [
      [
        withEnv({ name: "A", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }),
        "container kafka-ui: env A is read from a Secret",
      ],
      [
        changed(
          DEPLOYMENT,
          ["spec", "template", "spec", "containers", 0, "envFrom"],
          [{ secretRef: { name: "s" } }],
        ),
        "container kafka-ui: envFrom a Secret",
      ],
    ],
    missing: [[changed(DEPLOYMENT, env, REMOVED)]],
    unknown: [
      [
        changed(DEPLOYMENT, env, UNKNOWN),
        `undecidable: spec.template.spec.containers[0].env ${NOT_KNOWN} a list`,
      ],
    ],
    unrelated: [[withEnv({ name: "A", valueFrom: { fieldRef: { fieldPath: "b" } } })]],
  },
  "ui-locked": {
    good: [[KUBERNETES_UI], [UI_SECRET]],
    bad: [
      [changed(KUBERNETES_UI, ["auth"], "DISABLED"), 'auth is "DISABLED"; wanted "LOGIN_FORM"'],
      [changed(KUBERNETES_UI, ["readOnly"], false), "readOnly is not set; wanted true"],
      [
        changed(UI_SECRET, ["data"], secretValue(uiFile({ auth: "DISABLED", readOnly: false }))),
        'auth is "DISABLED"; wanted "LOGIN_FORM"',
        "readOnly is not set; wanted true",
      ],
      [
        uiUpload(JSON.stringify(open)),
        'auth is "DISABLED"; wanted "LOGIN_FORM"',
        "readOnly is not set; wanted true",
      ],
    ],
    missing: [
      [changed(KUBERNETES_UI, ["auth"], REMOVED), 'auth is missing; wanted "LOGIN_FORM"'],
      [changed(KUBERNETES_UI, ["readOnly"], REMOVED), "readOnly is not set; wanted true"],
      [uiUpload("{}"), 'auth is missing; wanted "LOGIN_FORM"', "readOnly is not set; wanted true"],
    ],
    unknown: [
      [changed(KUBERNETES_UI, ["auth"], UNKNOWN), `undecidable: auth ${NOT_KNOWN} text`],
      [uiUpload("not: [json"), "undecidable: ui.yml is no JSON"],
      // Without the stack's secret the file is unknown, and what the component says must do.
      [changed(UI_SECRET, ["data"], secretValue(UNKNOWN))],
      [changed(CONTAINER, ["uploads"], secretValue(UNKNOWN))],
    ],
    unrelated: [[CONTAINER], [changed(UI_SECRET, ["data"], secretValue({ "a.yml": "" }))]],
  },
  "docker-loopback": {
    environment: "dev",
    good: [[CONTAINER]],
    bad: [
      [
        changed(CONTAINER, ["ports", 0, "ip"], "0.0.0.0"),
        'port 9092: ip is "0.0.0.0"; wanted "127.0.0.1"',
      ],
      [changed(CONTAINER, ["networkMode"], "host"), 'networkMode is "host"'],
      [changed(CONTAINER, ["publishAllPorts"], true), "publishAllPorts is true"],
    ],
    missing: [
      [
        changed(CONTAINER, ["ports", 0, "ip"], REMOVED),
        'port 9092: ip is missing; wanted "127.0.0.1"',
      ],
      [changed(CONTAINER, ["ports"], REMOVED)],
    ],
    unknown: [[changed(CONTAINER, ["ports"], UNKNOWN), `undecidable: ports ${NOT_KNOWN} a list`]],
    unrelated: [[changed(DEPLOYMENT, ["ports"], [{ internal: 1 }])]],
  },
  "docker-hardened": {
    environment: "dev",
    good: [[CONTAINER]],
    bad: [
      [changed(CONTAINER, ["privileged"], true), "privileged is true"],
      [
        changed(CONTAINER, ["capabilities", "drops"], ["NET_RAW"]),
        'capabilities.drops has no "ALL"',
      ],
    ],
    missing: [
      [
        resource(CONTAINER_TYPE, "bare", {}),
        'capabilities.drops has no "ALL"',
        'securityOpts has no "no-new-privileges:true"',
        "memory is missing",
      ],
    ],
    unknown: [
      [
        changed(CONTAINER, ["capabilities"], UNKNOWN),
        `undecidable: capabilities ${NOT_KNOWN} an object`,
      ],
    ],
    unrelated: [[changed(DEPLOYMENT, ["privileged"], true)]],
  },
  "waiver-expired": {
    good: [[DECLARATION], [waiving({})], [CLUSTER]],
    bad: [
      [
        waiving({ until: "2026-11-24" }),
        "the waiver of topic-retention ended on 2026-11-24; today is 2026-11-25",
      ],
      [
        waiving({ until: "next year" }),
        "the waiver of topic-retention ended on next year; today is 2026-11-25",
      ],
    ],
    missing: [
      [waiving({ reason: "" }), "the waiver of topic-retention lacks reason, by or until"],
      [changed(DECLARATION, ["waivers"], [{}]), "the waiver of  lacks reason, by or until"],
    ],
    unknown: [
      [changed(DECLARATION, ["waivers"], UNKNOWN), `undecidable: waivers ${NOT_KNOWN} a list`],
      [waiving({ until: UNKNOWN }), `undecidable: waivers[0].until ${NOT_KNOWN} text`],
    ],
    unrelated: [[changed(TOPIC, ["waivers"], [{ ...WAIVER, until: "2020-01-01" }])]],
  },
  "agreement-term": {
    good: [[DECLARATION], [waiving({})], [agreed({ retire: AGREED, approve: [APPROVED] })]],
    bad: [
      [
        waiving({ until: "9999-12-31" }),
        "the waiver of topic-retention ends on 9999-12-31; wanted 2027-11-26 at the latest",
      ],
      [
        agreed({
          retire: { ...AGREED, until: "2027-11-27" },
          approve: [APPROVED, { ...APPROVED, until: "2030-01-01" }],
        }),
        "the approval of rename ends on 2030-01-01; wanted 2027-11-26 at the latest",
        "the retirement ends on 2027-11-27; wanted 2027-11-26 at the latest",
      ],
    ],
    missing: [[agreed({ approve: [{}], retire: {} })]],
    unknown: [[agreed({ approve: UNKNOWN }), `undecidable: approve ${NOT_KNOWN} a list`]],
    unrelated: [[changed(TOPIC, ["retire"], { ...AGREED, until: "2099-01-01" })]],
  },
};
