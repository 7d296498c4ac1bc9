import { parse } from "yaml";
import { z } from "zod";
import { UserError } from "../../model/values/user-error.ts";

/** One exchange with an Alertmanager: the body of a good answer. Throws a UserError for any other. */
export type Ask = (method: "GET" | "POST", path: string, body?: unknown) => Promise<string>;

export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** When it counts as resolved, unless it is posted again. */
  readonly endsAt: Date;
}

const foundAlert = z.object({
  receivers: z.array(z.object({ name: z.string() })),
  status: z.object({
    /** `unprocessed` until it was grouped for the first time. */
    state: z.enum(["active", "suppressed", "unprocessed"]),
    silencedBy: z.array(z.string()),
    inhibitedBy: z.array(z.string()),
  }),
});

const firingAlert = z.object({
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  startsAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
});

export type FiringAlert = z.output<typeof firingAlert>;

/** Where an alert stands in Alertmanager. */
export type FoundAlert = z.output<typeof foundAlert>;

/** Messages since Alertmanager started, by what carries them: `webhook`, `email`, `slack`, … */
export type Deliveries = Readonly<
  Record<string, { readonly tried: number; readonly failed: number }>
>;

const status = z.object({ config: z.object({ original: z.string() }) });
const written = z.object({
  receivers: z.array(z.looseObject({ name: z.string() })),
});

const REQUESTS =
  /^alertmanager_notification_requests(_failed)?_total\{[^}]*integration="([^"]+)"[^}]*\} (\S+)/gm;

/** The API of one Alertmanager, version 2, of 0.25 and later. */
export class Alertmanager {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** As Prometheus does: what is posted fires until it ends. */
  async post(alerts: readonly PostedAlert[]): Promise<void> {
    await this.#ask("POST", "/api/v2/alerts", alerts);
  }

  /** The alerts with exactly these values of labels, and who they are for. */
  async find(labels: Readonly<Record<string, string>>): Promise<FoundAlert[]> {
    const filters = Object.entries(labels).map(
      ([name, value]) => `filter=${encodeURIComponent(`${name}=${JSON.stringify(value)}`)}`,
    );
    const text = await this.#ask("GET", `/api/v2/alerts?${filters.join("&")}`);
    return understood(z.array(foundAlert), () => JSON.parse(text));
  }

  /** What fires, and is neither silenced nor inhibited. */
  async firing(): Promise<FiringAlert[]> {
    const text = await this.#ask("GET", "/api/v2/alerts?silenced=false&inhibited=false");
    return understood(z.array(firingAlert), () => JSON.parse(text));
  }

  /** What was sent, and what was not, until now: an answer of each receiver, and not only an attempt. */
  async deliveries(): Promise<Deliveries> {
    const counted: Record<string, { tried: number; failed: number }> = {};
    const metrics = await this.#ask("GET", "/metrics");
    for (const [, failed, integration = "", value] of metrics.matchAll(REQUESTS)) {
      const of = (counted[integration] ??= { tried: 0, failed: 0 });
      of[failed === undefined ? "tried" : "failed"] += Number(value);
    }
    return counted;
  }

  /** How often a message is carried by what, when something is sent to a receiver; empty for nobody. */
  async integrationsOf(receiver: string): Promise<Readonly<Record<string, number>>> {
    const text = await this.#ask("GET", "/api/v2/status");
    const { config } = understood(status, () => JSON.parse(text));
    const { receivers } = understood(written, () => parse(config.original));
    const found = receivers.find(({ name }) => name === receiver) ?? {};
    return Object.fromEntries(
      Object.entries(found).flatMap(([key, value]) =>
        key.endsWith("_configs") && Array.isArray(value)
          ? [[key.slice(0, -"_configs".length), value.length]]
          : [],
      ),
    );
  }
}

/** @throws UserError where something answers that is no Alertmanager */
function understood<T>(shape: z.ZodType<T>, read: () => unknown): T {
  try {
    return shape.parse(read());
  } catch {
    throw new UserError("What answers is no Alertmanager of version 0.25 or later.");
  }
}

/**
 * An Alertmanager at an address.
 *
 * @param deadlineMs after which a request is given up, in milliseconds
 */
export const askAt =
  (url: string, deadlineMs = 10_000): Ask =>
  async (method, path, body) => {
    const address = `${url.replace(/\/$/, "")}${path}`;
    const refused = (why: string) => new UserError(`Alertmanager at ${url}: ${why}`);
    try {
      const answer = await fetch(address, {
        method,
        signal: AbortSignal.timeout(deadlineMs),
        ...(body !== undefined && {
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        }),
      });
      const text = await answer.text();
      if (answer.ok) return text;
      throw refused(`${method} ${path} was answered with ${answer.status}: ${text.slice(0, 200)}`);
    } catch (error) {
      if (error instanceof UserError) throw error;
      const late = error instanceof Error && error.name === "TimeoutError";
      throw refused(late ? `no answer within ${deadlineMs / 1000} s` : "cannot be reached");
    }
  };
