import type { ConnectOptions, Sasl } from "../../../clients/kafka/connect-options.ts";
import type { CheckResult, Properties, ProviderDriver, Value } from "../driver.ts";
import { aclDriver } from "./acl.ts";
import type { KafkaClient } from "./client.ts";
import {
  checkProperties,
  knownList,
  knownNumber,
  knownText,
  oneOf,
  text,
  type Verdict,
  wholeNumber,
} from "./properties.ts";
import { quotaDriver } from "./quota.ts";
import { topicDriver } from "./topic.ts";
import { userScramCredentialDriver } from "./user-scram-credential.ts";

/** The provider's spellings, which differ from the credential resource's. */
const MECHANISMS = {
  plain: "PLAIN",
  "scram-sha256": "SCRAM-SHA-256",
  "scram-sha512": "SCRAM-SHA-512",
} as const;

const SERVER = /^(\[[^\]]+\]|[^\s:]+):\d{1,5}$/;

const RULES = {
  bootstrapServers: { required: true, judge: servers },
  tlsEnabled: { default: true, judge: flag },
  caCert: {
    judge: text("must be a certificate as PEM text, not a path", /^-----BEGIN CERTIFICATE-----/),
  },
  // The SDK always sends it, false unless somebody asked for it.
  skipTlsVerify: { judge: refusedFlag },
  saslMechanism: { default: "plain", judge: oneOf(...Object.keys(MECHANISMS)) },
  saslUsername: { judge: text() },
  saslPassword: { secret: true, judge: text() },
  timeout: { default: 120, judge: wholeNumber(1, 3600) },
};

/**
 * The package `@pulumi/kafka` on the project's own Kafka client. Differences to the real provider:
 * nothing is read from the environment, names are never made up, and arguments beyond `RULES` are
 * refused.
 */
export const kafkaProvider: ProviderDriver<KafkaClient> = {
  name: "kafka",

  check(inputs): CheckResult {
    const result = checkProperties(argumentsOf(inputs), RULES);
    const lonely = ["saslUsername", "saslPassword"].filter((name) => name in result.inputs);
    if (lonely.length !== 1 || result.failures.length > 0) return result;
    const reason = `${String(lonely[0])} is given alone; saslUsername and saslPassword go together.`;
    return { ...result, failures: [{ property: String(lonely[0]), reason }] };
  },

  async connect(config, { progress }): Promise<KafkaClient> {
    const options = connectOptions(config);
    // Loading the client library takes half a second, which a run without changes can do without.
    const [{ KafkaAdmin }, { kafkaClient }] = await Promise.all([
      import("../../../clients/kafka/admin.ts"),
      import("./client.ts"),
    ]);
    progress(`connecting to ${options.bootstrapServers.join(", ")}`);
    const admin = await KafkaAdmin.connect(options);
    try {
      // Without rights the cluster looks empty, and everything would be created again.
      await admin.checkCluster();
    } catch (error) {
      await admin.close();
      throw error;
    }
    return kafkaClient(admin);
  },

  close: ({ admin }) => admin.close(),

  resources: [topicDriver, aclDriver, userScramCredentialDriver, quotaDriver],
};

/** Without the package version, which the engine adds to a provider's arguments. */
function argumentsOf(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== "version"));
}

/** Pure: checked and known provider arguments as the admin client takes them. */
export function connectOptions(config: Properties): ConnectOptions {
  const ca = "caCert" in config ? { ca: knownText(config, "caCert") } : {};
  return {
    bootstrapServers: knownList(config, "bootstrapServers"),
    deadlineMs: knownNumber(config, "timeout") * 1000,
    ...(config["tlsEnabled"] === true && { tls: ca }),
    ...("saslUsername" in config && { sasl: sasl(config) }),
  };
}

function sasl(config: Properties): Sasl {
  return {
    mechanism: MECHANISMS[knownText(config, "saslMechanism") as keyof typeof MECHANISMS],
    username: knownText(config, "saslUsername"),
    password: knownText(config, "saslPassword"),
  };
}

/** Provider arguments that are not texts arrive as JSON. */
function fromJson(value: Value): Value {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return value;
  }
}

function servers(given: Value): Verdict {
  const value = fromJson(given);
  const list = Array.isArray(value) ? (value as readonly Value[]) : [];
  const usable = list.every((one) => typeof one !== "string" || SERVER.test(one));
  return list.length > 0 && usable
    ? { value: list }
    : { fault: 'must be a list of "host:port" with at least one' };
}

function refusedFlag(given: Value): Verdict {
  return fromJson(given) === false
    ? { value: false }
    : { fault: "must be false: certificates are always verified; give the CA as caCert" };
}

function flag(given: Value): Verdict {
  const value = fromJson(given);
  return typeof value === "boolean" ? { value } : { fault: "must be true or false" };
}
