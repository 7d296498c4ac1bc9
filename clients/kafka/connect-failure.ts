import { AuthenticationError, NetworkError } from "@platformatic/kafka";

import type { ConnectOptions } from "./connect-options.ts";
import { KafkaAdminError, type KafkaAdminErrorCode } from "./errors.ts";

export interface RefusedServer {
  readonly server: string;
  readonly error: KafkaAdminError;
}

/** One sentence for why `server` could not be used, from the library's nested errors. */
export function connectFailure(
  server: string,
  error: unknown,
  options: Pick<ConnectOptions, "tls" | "sasl">,
  timeoutMs: number,
): KafkaAdminError {
  const symptoms = observe(error, options);
  const { words } = symptoms;
  const silent = /timed out|no answer/.test(words);
  const diagnosis = tlsDiagnosis(symptoms) ??
    saslDiagnosis(symptoms) ?? {
      code: "UNREACHABLE" as const,
      reason: silent ? `no answer within ${timeoutMs} ms.` : sentence(words),
    };
  return new KafkaAdminError(diagnosis.code, `${server}: ${diagnosis.reason}`);
}

interface Symptoms extends Pick<ConnectOptions, "tls" | "sasl"> {
  /** Messages from the outermost error to the innermost. */
  readonly messages: readonly string[];
  /** Node's code, such as `ECONNREFUSED`. */
  readonly systemCode: string | undefined;
  /** Kafka's name of the error, when the broker sent one. */
  readonly brokerError: string | undefined;
  /** The library failed in the SASL exchange. */
  readonly inSasl: boolean;
  readonly hungUp: boolean;
  /** The most telling message. */
  readonly words: string;
}

interface Diagnosis {
  readonly code: KafkaAdminErrorCode;
  readonly reason: string;
}

function observe(error: unknown, options: Pick<ConnectOptions, "tls" | "sasl">): Symptoms {
  const chain = causes(error);
  const messages = chain.map((one) => one.message);
  const broker = chain.map((one) => one as BrokerError).find((one) => one.apiId !== undefined);
  return {
    ...options,
    messages,
    systemCode: chain.map((one) => (one as NodeJS.ErrnoException).code).find(isSystemCode),
    brokerError: broker?.apiId,
    inSasl: broker !== undefined || chain.some((one) => one instanceof AuthenticationError),
    hungUp: broker === undefined && messages.some(isClosed),
    words: broker?.serverErrorMessage ?? broker?.message ?? messages.at(-1) ?? String(error),
  };
}

function tlsDiagnosis({ tls, messages, systemCode, words }: Symptoms): Diagnosis | undefined {
  const code = "TLS";
  const says = (pattern: RegExp) => messages.some((one) => pattern.test(one));
  if (!tls) {
    if (!says(/requires TLS/)) return undefined;
    return { code, reason: "this port speaks TLS, and the client does not. Enable TLS." };
  }
  if (systemCode !== undefined && /CERT|SIGNATURE|ISSUER|ALTNAME/.test(systemCode)) {
    const reason = `its certificate is not accepted: ${sentence(words)}`;
    return { code, reason: `${reason} Is this the right certificate authority (caCert)?` };
  }
  if (says(/secure TLS connection|TLS handshake|wrong version number/i)) {
    return { code, reason: "the TLS handshake failed. Does this port speak TLS?" };
  }
  return undefined;
}

function saslDiagnosis(symptoms: Symptoms): Diagnosis | undefined {
  const { sasl, tls, brokerError, inSasl, hungUp, words } = symptoms;
  if (!sasl) {
    if (!hungUp) return undefined;
    const wants = `The port most likely wants SASL${tls ? "" : " or TLS"}: give a user name and password.`;
    return { code: "SASL_REQUIRED", reason: `hung up on a client without credentials. ${wants}` };
  }
  if (!inSasl) return undefined;
  const { username, mechanism } = sasl;
  const code = "AUTHENTICATION";
  if (hungUp) {
    const port = `a SASL port${tls ? "" : ", and one without TLS"}`;
    return { code, reason: `hung up during the SASL handshake. Is this ${port}?` };
  }
  const fact =
    brokerError === "UNSUPPORTED_SASL_MECHANISM"
      ? `the port does not offer ${mechanism} (user ${username})`
      : brokerError === "ILLEGAL_SASL_STATE"
        ? `the port takes no credentials (user ${username} was given)`
        : `user ${username} was refused (${mechanism})`;
  return { code, reason: `${fact}: ${sentence(words)}` };
}

/** The error of a failed connect: the most telling one, or all addresses when none answered. */
export function unreachable(refused: readonly RefusedServer[]): KafkaAdminError {
  const telling = refused.find(({ error }) => error.code !== "UNREACHABLE");
  if (telling) return telling.error;
  const reasons = refused.map(({ error }) => error.message.replace(/\.$/, ""));
  const message = `No broker could be reached: ${reasons.join("; ")}.`;
  return new KafkaAdminError("UNREACHABLE", message);
}

/** Whether a request failed because its connection ended. */
export function isConnectionLost(error: unknown): boolean {
  return causes(error).some((one) => one instanceof NetworkError || isClosed(one.message));
}

interface BrokerError extends Error {
  readonly apiId?: string;
  readonly serverErrorMessage?: string | null;
}

/** The error, its causes and the members of aggregates, outermost first. */
function causes(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const members = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return [error, ...causes(error.cause), ...members.flatMap(causes)];
}

function isClosed(message: string): boolean {
  return /connection closed|closed while waiting|ECONNRESET|socket hang up/i.test(message);
}

function isSystemCode(code: string | undefined): code is string {
  return code !== undefined && !code.startsWith("PLT_KFK_");
}

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
