import { BROKER_CONFIGURATION } from "../broker-properties.ts";
import type { Fields } from "../fields.ts";
import { isSecretValue } from "../resource.ts";
import { EVERYWHERE, type ResourceRule, when } from "../rule.ts";
import { WORKLOADS } from "../types.ts";
import {
  CONFIG_MAP,
  CONTAINER,
  CREDENTIAL,
  DEPLOYMENT,
  KAFKA_PROVIDER,
  SECRET,
  STATEFUL_SET,
  CERTIFICATE_REQUEST,
  SIGNED_CERTIFICATE,
} from "../../model/stack/resource-types.ts";
import { containerName, containersOf, environmentOf } from "../workloads.ts";

/** Inputs that hold secrets, by type. */
const SECRET_INPUTS: Readonly<Record<string, readonly string[]>> = {
  [CREDENTIAL]: ["password"],
  [KAFKA_PROVIDER]: ["saslPassword"],
  [SECRET]: ["data", "stringData"],
  [CONTAINER]: ["uploads"],
  [CERTIFICATE_REQUEST]: ["privateKeyPem"],
  [SIGNED_CERTIFICATE]: ["caPrivateKeyPem"],
};

const SPEAKING = /pass(word|wd|phrase)|secret|token|credential|private[._-]?key|api[._-]?key/i;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
/** Of a JAAS line: a password that is not read from a file. */
const JAAS_PASSWORD = /\b(password|user_[^\s=]+)="(?!\$\{)[^"]+"/;

/** Whether a setting of this name with this value is a secret that everybody may read. */
function isOpenSecret(name: string, value: string): boolean {
  if (PRIVATE_KEY.test(value) || JAAS_PASSWORD.test(value)) return true;
  // A path, a reference that something resolves later, or the start of a list or an object is no secret itself.
  return SPEAKING.test(name) && value !== "" && !/^(\/|\$\{|[[{][\]}]?$)/.test(value);
}

/** Settings in a text: lines of `key=value` or `key: value`. */
const lines = (text: string): (readonly [string, string])[] =>
  text.split("\n").flatMap((line) => {
    const [, key, value] = /^\s*"?([\w.-]+)"?\s*[=:]\s*"?(.*?)"?,?\s*$/.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [[key, value] as const];
  });

const inText = (name: string, text: string): string[] =>
  isOpenSecret(name, text)
    ? [name]
    : lines(text).flatMap(([key, value]) => (isOpenSecret(key, value) ? [`${name}: ${key}`] : []));

/** Names of what holds a secret in the open. */
function openSecrets(type: string, fields: Fields, containers: readonly Fields[]): string[] {
  switch (type) {
    case CONFIG_MAP:
      return Object.entries(fields.map("data")).flatMap(([name, text]) => inText(name, text));
    case CONTAINER:
      return fields.texts("envs").flatMap((line) => {
        const [name = "", ...value] = line.split("=");
        return inText(`env ${name}`, value.join("="));
      });
    default:
      return [
        ...Object.entries(fields.map("properties")).flatMap(([key, value]) => inText(key, value)),
        ...containers.flatMap((container) =>
          Object.entries(environmentOf(container)).flatMap(([name, value]) =>
            inText(`${containerName(container)}: env ${name}`, value),
          ),
        ),
      ];
  }
}

/** Rules on secrets. No message contains a value. */
export const SECRET_RULES: readonly ResourceRule[] = [
  {
    id: "secret-inputs",
    level: "mandatory",
    environments: EVERYWHERE,
    types: Object.keys(SECRET_INPUTS),
    title: "Inputs that hold secrets are marked as secret",
    reason: "What is not marked is in plain text in the state, in every preview and in every log.",
    fix: "Pass the value as an Output that is secret: pulumi.secret(...).",
    check: ({ resource: { type, inputs }, secretsMarked }) =>
      secretsMarked
        ? (SECRET_INPUTS[type] ?? []).flatMap((input) =>
            when(
              inputs[input] !== undefined && !isSecretValue(inputs[input]),
              `${input} is not marked as secret`,
            ),
          )
        : [],
  },
  {
    id: "secrets-in-the-open",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [...BROKER_CONFIGURATION, CONTAINER, STATEFUL_SET, DEPLOYMENT],
    title: "No password or key stands in a ConfigMap, a broker's configuration or an environment",
    reason: "Whoever may look at pods or containers may read these.",
    fix: "Put it into a Secret, mounted as a file, and refer to the file.",
    check: (subject) =>
      openSecrets(
        subject.resource.type,
        subject.fields,
        WORKLOADS.some((type) => type === subject.resource.type) ? containersOf(subject) : [],
      ).map((name) => `${name} is a secret in the open`),
  },
  {
    id: "secret-environment",
    level: "mandatory",
    environments: EVERYWHERE,
    types: WORKLOADS,
    title: "Secrets reach containers as files",
    reason:
      "An environment is shown by every tool that lists processes, and handed to every child.",
    fix: "Mount the Secret as a volume.",
    check: (subject) =>
      containersOf(subject).flatMap((container) => [
        ...container
          .list("env")
          .flatMap((entry) =>
            when(
              entry.in("valueFrom").has("secretKeyRef"),
              `${containerName(container)}: env ${entry.text("name") ?? ""} is read from a Secret`,
            ),
          ),
        ...container
          .list("envFrom")
          .flatMap((from) =>
            when(from.has("secretRef"), `${containerName(container)}: envFrom a Secret`),
          ),
      ]),
  },
];
