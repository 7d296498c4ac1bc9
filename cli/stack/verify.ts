import { targetOf } from "../../model/stack/cluster-kinds.ts";
import { UserError } from "../../model/values/user-error.ts";
import type { EngineName } from "../engines/engine-choice.ts";
import { asAdmin, asFirstAccount } from "./admin-connection.ts";
import { getText } from "./http-get.ts";
import { declaredCatalogue } from "./declared-catalogue.ts";
import { stackConfig } from "./effective-config.ts";
import type { Stack } from "./project.ts";

/** How long the UI may take to answer: a Spring application on a small machine. */
const UI_WITHIN_MS = 120_000;

/** What a platform that is up must answer to, from the stack's outputs. */
export interface Addresses {
  readonly metrics: { readonly url: string };
  readonly ui: { readonly url: string } | null;
}

/**
 * Asks Kafka for what is declared: every topic is there, and an account can log in. That nothing had to be
 * changed proves neither.
 *
 * @throws UserError that names what is not there
 */
export async function verifyKafka(engine: EngineName, stack: Stack): Promise<void> {
  const { topics } = declaredCatalogue(targetOf(stackConfig(stack)));
  const there = await asAdmin(engine, stack, (admin) => admin.listTopics());
  const names = topics.map(({ name }) => name);
  const complaint = missingTopics(names, there, stack.name);
  if (complaint !== undefined) throw new UserError(complaint);
  await asFirstAccount(engine, stack);
}

const NAMED_AT_MOST = 3;

/** Pure: what to say of declared topics that are not there; undefined when all are. */
export function missingTopics(
  declared: readonly string[],
  there: readonly string[],
  stack: string,
): string | undefined {
  const known = new Set(there);
  const missing = declared.filter((name) => !known.has(name));
  if (missing.length === 0) return undefined;
  const more = missing.length - NAMED_AT_MOST;
  const names = missing.slice(0, NAMED_AT_MOST).join(", ");
  return (
    `Of ${declared.length} declared topics ${missing.length} ${missing.length === 1 ? "is" : "are"} not in Kafka: ` +
    `${names}${more > 0 ? ` and ${more} more` : ""}. Run \`npm run refresh -- --stack ${stack}\`, then ` +
    `\`npm start -- --stack ${stack}\`, which makes them again.`
  );
}

/**
 * Looks at the platform as its users will: the metrics have Kafka's own figures, the UI serves its
 * login.
 *
 * @throws UserError that names what does not answer
 */
export async function verify({ metrics, ui }: Addresses, detail: (text: string) => void) {
  const body = await getText(metrics.url);
  if (!body?.includes("kafka_server_")) {
    throw new UserError(`The metrics at ${metrics.url} do not answer with Kafka's figures.`);
  }
  if (ui === null) return;
  const deadline = Date.now() + UI_WITHIN_MS;
  while ((await getText(`${ui.url}/actuator/health`)) === undefined) {
    if (Date.now() > deadline) {
      throw new UserError(
        `Kafka UI at ${ui.url} does not answer; \`docker logs\` of its container says why.`,
      );
    }
    detail("waiting for Kafka UI to answer");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
