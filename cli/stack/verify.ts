import { UserError } from "../../model/values/user-error.ts";

/** How long the UI may take to answer: a Spring application on a small machine. */
const UI_WITHIN_MS = 120_000;

/** What a platform that is up must answer to, from the stack's outputs. */
export interface Addresses {
  readonly metrics: { readonly url: string };
  readonly ui: { readonly url: string } | null;
}

/**
 * Looks at the platform as its users will: the metrics have Kafka's own figures, the UI serves its
 * login. That Kafka itself serves was proven already, by what was declared in it.
 *
 * @throws UserError that names what does not answer
 */
export async function verify({ metrics, ui }: Addresses, detail: (text: string) => void) {
  const body = await get(metrics.url);
  if (!body?.includes("kafka_server_")) {
    throw new UserError(`The metrics at ${metrics.url} do not answer with Kafka's figures.`);
  }
  if (ui === null) return;
  const deadline = Date.now() + UI_WITHIN_MS;
  while ((await get(`${ui.url}/actuator/health`)) === undefined) {
    if (Date.now() > deadline) {
      throw new UserError(
        `Kafka UI at ${ui.url} does not answer; \`docker logs\` of its container says why.`,
      );
    }
    detail("waiting for Kafka UI to answer");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function get(url: string): Promise<string | undefined> {
  try {
    // A connection kept open would keep this process waiting for it at its end.
    const headers = { connection: "close" };
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}
