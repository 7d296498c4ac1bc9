import { protocolErrors, protocolErrorsCodesById } from "@platformatic/kafka";

/**
 * What went wrong, by who has to act:
 * - `UNREACHABLE`: no bootstrap server answered at all.
 * - `TLS`: the handshake failed, or one side speaks TLS and the other does not.
 * - `SASL_REQUIRED`: a client without credentials on a port that wants them.
 * - `AUTHENTICATION`: the broker refused the credentials or the mechanism.
 * - `AUTHORISATION`: authenticated, but without the right.
 * - `DEADLINE`: no answer, or no visible effect, in the time allowed.
 * - `CONNECTION_LOST`: the connection ended before the answer; a write may or may not have happened.
 * - `REFUSED`: the broker's own refusal, named by {@link KafkaAdminError.brokerError}.
 * - `CLOSED`: used after {@link KafkaAdmin.close}.
 */
export type KafkaAdminErrorCode =
  | "UNREACHABLE"
  | "TLS"
  | "SASL_REQUIRED"
  | "AUTHENTICATION"
  | "AUTHORISATION"
  | "DEADLINE"
  | "CONNECTION_LOST"
  | "REFUSED"
  | "CLOSED";

/** One sentence: which object, the broker's own words, and what to do where that is not obvious. */
export class KafkaAdminError extends Error {
  override readonly name = "KafkaAdminError";
  readonly code: KafkaAdminErrorCode;
  /** Kafka's name of the error, such as `INVALID_CONFIG`, when a broker answered. */
  readonly brokerError: string | undefined;

  constructor(code: KafkaAdminErrorCode, message: string, brokerError?: string) {
    super(message);
    this.code = code;
    this.brokerError = brokerError;
  }
}

/** How one entry of a batch ended; undefined is success. */
export type Outcome = KafkaAdminError | undefined;

const STANDARD_WORDS: Readonly<Record<string, { readonly message: string }>> = protocolErrors;

const HINTS: Readonly<Record<string, string>> = {
  TOPIC_ALREADY_EXISTS: "import it, or declare another name",
  UNKNOWN_TOPIC_OR_PARTITION: "it may have been deleted by hand; a refresh finds out",
  TOPIC_AUTHORIZATION_FAILED: "the user has no ACL that allows this on the topic",
  GROUP_AUTHORIZATION_FAILED: "the user has no ACL that allows this on the group",
  CLUSTER_AUTHORIZATION_FAILED: "the user has no ACL that allows this on the cluster",
  SECURITY_DISABLED: "the brokers run without an authorizer (authorizer.class.name)",
  REQUEST_TIMED_OUT: "the controllers did not answer the broker; is a quorum of them running?",
};

/** What a broker says about one object: zero is success. */
export interface BrokerAnswer {
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
}

/** The broker's answer for one object as an error, or undefined when it says all is well. */
export function refusal(what: string, { errorCode, errorMessage }: BrokerAnswer): Outcome {
  if (errorCode === 0) return undefined;
  const id = protocolErrorsCodesById[errorCode] ?? `error ${errorCode}`;
  const standard = STANDARD_WORDS[id]?.message;
  const words = plainWords(errorMessage ?? standard ?? "no reason given");
  const code = id.endsWith("AUTHORIZATION_FAILED") ? "AUTHORISATION" : "REFUSED";
  const hint = HINTS[id];
  return new KafkaAdminError(
    code,
    `${what}: ${words} (${id})${hint === undefined ? "." : `: ${hint}.`}`,
    id,
  );
}

/** Without the full stop, and without the Java object some brokers print into an authorisation error. */
function plainWords(message: string): string {
  return message.replace(/^Request Request\(.*\) needs/, "the request needs").replace(/\.$/, "");
}
