/** Turns what the API server answers, or the lack of an answer, into one sentence. */

/** The API server's `Status`, the body of every refusal. */
export interface Status {
  readonly message?: string;
  readonly reason?: string;
  readonly details?: {
    readonly causes?: readonly {
      readonly reason?: string;
      readonly message?: string;
      readonly field?: string;
    }[];
  };
}

/** A refusal by the API server, or its absence. The message is meant for people and complete. */
export class KubernetesError extends Error {
  override readonly name = "KubernetesError";
  /** HTTP status of the answer; undefined when there was none. */
  readonly status: number | undefined;
  /** The API's machine-readable reason, such as `AlreadyExists`. */
  readonly reason: string | undefined;

  constructor(message: string, status?: number, reason?: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof KubernetesError && error.status === 404;
}

export function isForbidden(error: unknown): boolean {
  return error instanceof KubernetesError && error.status === 403;
}

/** A refusal. `doing` completes the sentence "cannot …". */
export function refusal(
  doing: string,
  context: string,
  status: number,
  body: string,
): KubernetesError {
  const answer = parseStatus(body);
  const why = explain(status, answer, context) ?? answer.message ?? `HTTP status ${status}`;
  return new KubernetesError(`cannot ${doing}: ${why}`, status, answer.reason);
}

function parseStatus(body: string): Status {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === "object" && parsed !== null) return parsed;
  } catch {
    // Proxies in between answer in their own words.
  }
  return body.trim() === "" ? {} : { message: body.trim().slice(0, 500) };
}

function explain(status: number, answer: Status, context: string): string | undefined {
  if (status === 401) {
    return `the API server does not accept the credentials of context "${context}"; log in again, or correct the user in the kubeconfig`;
  }
  if (status === 403) return explainForbidden(answer.message ?? "forbidden", context);
  if (status === 404 && isUnknownKind(answer)) {
    return "the cluster does not know this kind of object; what brings it has to be installed first, such as the Prometheus operator for PodMonitor, PrometheusRule and AlertmanagerConfig";
  }
  if (status === 422) return explainTakenPort(answer.message ?? "");
  return status === 409 ? explainConflict(answer) : undefined;
}

/** An address of no API at all, or one of an API that lacks the kind. */
const isUnknownKind = ({ message = "" }: Status): boolean =>
  /^(404 page not found|the server could not find the requested resource)$/.test(message);

/** A request that is cut off while a Service is made may leave its port reserved until a repair finds it. */
const explainTakenPort = (message: string): string | undefined =>
  message.includes("provided port is already allocated")
    ? `${message}; \`kubectl get services --all-namespaces\` shows who has it. Where nobody has, a run that was killed has left it reserved: Kubernetes frees it within about ten minutes, so try again then, or name another port`
    : undefined;

/** Admission (quota, pod security) refuses with the same status as a missing right. */
function explainForbidden(message: string, context: string): string {
  const right = /cannot (\S+) resource "([^"]+)"(?: in API group "([^"]*)")?/.exec(message);
  if (right === null) return message;
  const [, verb = "", resource = "", group = ""] = right;
  const what = group === "" ? resource : `${resource}.${group}`;
  return `the user of context "${context}" may not ${verb} ${what} (${message}); grant the right "${verb}" on "${what}"`;
}

/** Server-side apply refuses to change what somebody else has set since. */
function explainConflict({ details }: Status): string | undefined {
  const conflicts = (details?.causes ?? []).filter(
    ({ reason }) => reason === "FieldManagerConflict",
  );
  if (conflicts.length === 0) return undefined;
  const byManager = new Map<string, string[]>();
  for (const { message = "", field = "?" } of conflicts) {
    const manager = /conflict with "([^"]+)"/.exec(message)?.[1] ?? message;
    byManager.set(manager, [...(byManager.get(manager) ?? []), field]);
  }
  const list = [...byManager].map(([manager, fields]) => `${fields.join(", ")} by "${manager}"`);
  return `these fields were set by somebody else: ${list.join("; ")}. Undo that, or declare the same values, or take the fields over with the annotation pulumi.com/patchForce: "true"`;
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "it closed the connection",
  EPIPE: "it closed the connection",
  ENOTFOUND: "its name cannot be resolved",
  EAI_AGAIN: "its name cannot be resolved at the moment",
  EHOSTUNREACH: "there is no way to it from here",
  ENETUNREACH: "there is no way to it from here",
  ETIMEDOUT: "it does not answer",
};

/** No answer at all. `server` is the address from the kubeconfig. */
export function unreachable(
  doing: string,
  context: string,
  server: string,
  error: unknown,
): KubernetesError {
  const { code = "", message = String(error) } = error as { code?: string; message?: string };
  if (/CERT|SIGNATURE|ERR_TLS/.test(code)) {
    return new KubernetesError(
      `cannot ${doing}: what answers at ${server}, the server of context "${context}", has no certificate the kubeconfig vouches for (${message}); is the address right, and is its certificate-authority-data this cluster's?`,
    );
  }
  const why = REASONS[code] ?? message;
  return new KubernetesError(
    `cannot ${doing}: the API server of context "${context}" (${server}) cannot be reached, ${why}; is the cluster up, and is its address in the kubeconfig right?`,
  );
}
