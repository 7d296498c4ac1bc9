import type { ConnectOptions, Sasl } from "../../../clients/kafka/connect-options.ts";
import type { CheckResult, Properties, ProviderDriver, Value } from "../driver.ts";
import { aclDriver } from "./acl.ts";
import type { KafkaClient } from "./client.ts";
import {
  defaulted,
  filled,
  flag,
  integer,
  type Known,
  listOf,
  oneOf,
  optional,
  required,
  rule,
  text,
} from "../property-rules.ts";
import { checkTable, known, updates } from "../property-table.ts";
import { quotaDriver } from "./quota.ts";
import { topicDriver } from "./topic.ts";
import { userScramCredentialDriver } from "./user-scram-credential.ts";

/** The provider's spellings, which differ from the credential resource's. */
const MECHANISMS = {
  plain: "PLAIN",
  "scram-sha256": "SCRAM-SHA-256",
  "scram-sha512": "SCRAM-SHA-512",
} as const;

const SERVER = { pattern: /^(\[[^\]]+\]|[^\s:]+):\d{1,5}$/, wanted: '"host:port"' };
const CERTIFICATE = {
  pattern: /^-----BEGIN CERTIFICATE-----/,
  wanted: "a certificate as PEM text",
};

const arguments_ = {
  bootstrapServers: updates(required(listOf(text(SERVER), 1))),
  tlsEnabled: updates(defaulted(flag, true)),
  caCert: updates(optional(text(CERTIFICATE))),
  // The SDK always sends it, false unless somebody asked for it.
  skipTlsVerify: updates(
    optional(
      rule<boolean>((value) =>
        value === false
          ? undefined
          : "must be false: certificates are always verified; give the CA as caCert",
      ),
    ),
  ),
  saslMechanism: updates(
    defaulted(oneOf(...(Object.keys(MECHANISMS) as (keyof typeof MECHANISMS)[])), "plain"),
  ),
  saslUsername: updates(optional(text(filled))),
  saslPassword: updates(optional(text({ ...filled, hidden: true }))),
  timeout: updates(defaulted(integer(1, 3600), 120)),
};

/**
 * The package `@pulumi/kafka` on the project's own Kafka client. Differences to the real provider:
 * nothing is read from the environment, names are never made up, and arguments beyond `arguments_` are
 * refused.
 */
export const kafkaProvider: ProviderDriver<KafkaClient> = {
  name: "kafka",

  check(inputs): CheckResult {
    const result = checkTable(arguments_, argumentsOf(inputs));
    const [property, other] = ["saslUsername", "saslPassword"].filter(
      (name) => name in result.inputs,
    );
    if (property === undefined || other !== undefined || result.failures.length > 0) return result;
    const reason = `${property} is given alone; saslUsername and saslPassword go together`;
    return { ...result, failures: [{ property, reason }] };
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

/** The SDK sends these as JSON. */
const AS_JSON = ["bootstrapServers", "tlsEnabled", "skipTlsVerify", "timeout"];

/** Without the package version, which the engine adds to a provider's arguments. */
function argumentsOf(inputs: Properties): Properties {
  const entries = Object.entries(inputs).filter(([name]) => name !== "version");
  return Object.fromEntries(
    entries.map(([name, value]) => [name, AS_JSON.includes(name) ? fromJson(value) : value]),
  );
}

function fromJson(value: Value): Value {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return value;
  }
}

/** Pure: checked and known provider arguments as the admin client takes them. */
export function connectOptions(config: Properties): ConnectOptions {
  const { bootstrapServers, timeout, tlsEnabled, caCert, ...login } =
    known<typeof arguments_>(config);
  return {
    bootstrapServers,
    deadlineMs: timeout * 1000,
    ...(tlsEnabled && { tls: caCert === undefined ? {} : { ca: caCert } }),
    ...sasl(login),
  };
}

type Login = Pick<Known<typeof arguments_>, "saslMechanism" | "saslUsername" | "saslPassword">;

function sasl({ saslMechanism, saslUsername: username, saslPassword: password }: Login): {
  readonly sasl?: Sasl;
} {
  if (username === undefined || password === undefined) return {};
  return { sasl: { mechanism: MECHANISMS[saslMechanism], username, password } };
}
