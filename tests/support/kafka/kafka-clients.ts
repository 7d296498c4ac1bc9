import { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import type { ConnectOptions } from "../../../clients/kafka/connect-options.ts";
import { KafkaAdminError, type Outcome } from "../../../clients/kafka/errors.ts";
import { type KafkaClient, kafkaProvider } from "../../../engine/providers.ts";
import type { Properties } from "../../../engine/index.ts";
import { recordingContext } from "../pulumi/driver-run.ts";
import type { Login, RunningBroker } from "./running-broker.ts";

/** How `login` reaches the broker's SCRAM listener. */
export function loginOptions(broker: RunningBroker, login: Login = broker.admin): ConnectOptions {
  const { username, password, mechanism = "SCRAM-SHA-512" } = login;
  return {
    bootstrapServers: [broker.bootstrapServer],
    sasl: { mechanism, username, password },
    deadlineMs: 15_000,
  };
}

export async function adminOf(broker: RunningBroker, login?: Login): Promise<KafkaAdmin> {
  return KafkaAdmin.connect(loginOptions(broker, login));
}

/** `in`, or the code of the refusal. */
export async function loginResult(broker: RunningBroker, login: Login): Promise<string> {
  try {
    await (await adminOf(broker, login)).close();
    return "in";
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
}

/** `ok`, or the code and message of each outcome. */
export function told(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((one) => (one ? `${one.code} ${one.message}` : "ok"));
}

/** The error a call fails with; fails when it succeeds or fails with another kind of error. */
export async function adminError(call: Promise<unknown>): Promise<KafkaAdminError> {
  const error: unknown = await call.then(
    () => new Error("the call was expected to fail and did not"),
    (reason: unknown) => reason,
  );
  if (error instanceof KafkaAdminError) return error;
  throw error;
}

/** Requests sent since `before`, by name. */
export function requestsSince(
  before: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
): Record<string, number> {
  const grown = [...now].map(([name, count]) => [name, count - (before.get(name) ?? 0)] as const);
  return Object.fromEntries(grown.filter(([, count]) => count > 0));
}

/** Arguments of the Kafka provider as they arrive from a program: all that is not text is JSON. */
export function providerArguments(broker: RunningBroker): Properties {
  return {
    bootstrapServers: JSON.stringify([broker.bootstrapServer]),
    tlsEnabled: "false",
    saslMechanism: "scram-sha512",
    saslUsername: broker.admin.username,
    saslPassword: broker.admin.password,
    timeout: "15",
  };
}

/** The drivers' client, made the way the engine makes it. */
export async function driverClient(broker: RunningBroker): Promise<KafkaClient> {
  const { inputs } = kafkaProvider.check(providerArguments(broker));
  return kafkaProvider.connect(inputs, recordingContext());
}
