import { z } from "zod";
import { UserError } from "../../model/values/user-error.ts";
import { getText } from "./http-get.ts";

/** How long a first scrape of every target may take: it begins at any moment of its interval. */
const WITHIN_MS = 60_000;
const PAUSE_MS = 500;

const targetsAnswer = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({
        labels: z.looseObject({ job: z.string() }),
        scrapeUrl: z.string(),
        health: z.enum(["up", "down", "unknown"]),
        lastError: z.string(),
      }),
    ),
  }),
});

const rulesAnswer = z.object({
  data: z.object({
    groups: z.array(
      z.object({
        rules: z.array(
          z.object({ name: z.string(), health: z.string(), lastError: z.string().optional() }),
        ),
      }),
    ),
  }),
});

/** What Prometheus says of itself. */
export interface Scraping {
  readonly targets: z.output<typeof targetsAnswer>["data"]["activeTargets"];
  readonly rules: z.output<typeof rulesAnswer>["data"]["groups"][number]["rules"];
}

/**
 * Looks at what watches the broker: each answers, Prometheus reaches everything that it is to scrape, and found no
 * rule that it cannot evaluate.
 *
 * @throws UserError that names what does not
 */
export async function verifyObservability(
  watching: {
    readonly prometheusUrl: string | null;
    readonly alertmanagerUrl: string | null;
    readonly grafana: { readonly url: string } | null;
  },
  detail: (text: string) => void,
): Promise<void> {
  const { prometheusUrl, alertmanagerUrl, grafana } = watching;
  const deadline = Date.now() + WITHIN_MS;
  if (alertmanagerUrl !== null) {
    await answered("Alertmanager", alertmanagerUrl, "/-/ready", deadline, detail);
  }
  if (grafana !== null) await answered("Grafana", grafana.url, "/api/health", deadline, detail);
  if (prometheusUrl === null) return;
  await answered("Prometheus", prometheusUrl, "/-/ready", deadline, detail);
  for (;;) {
    const scraping = await askPrometheus(prometheusUrl);
    const waiting = pending(scraping);
    const complaint = complaintOf(scraping);
    if (complaint === undefined && waiting === undefined) return;
    if (Date.now() > deadline) {
      throw new UserError(
        `Prometheus at ${prometheusUrl}: ${complaint ?? waiting ?? "it answered too late"}`,
      );
    }
    detail(complaint ?? waiting ?? "");
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/**
 * Pure: what Prometheus has not scraped yet; undefined when it has scraped everything. That a rule has not been
 * evaluated is none: some have a minute until they are, and one that is broken is told of by then.
 */
export function pending({ targets }: Pick<Scraping, "targets">): string | undefined {
  const target = targets.find(({ health }) => health === "unknown");
  return target && `${target.labels.job} has not been scraped yet (${target.scrapeUrl})`;
}

/** Pure: what Prometheus cannot do; undefined when it does everything, or has not tried. */
export function complaintOf({ targets, rules }: Scraping): string | undefined {
  if (targets.length === 0) return "it has nothing to scrape.";
  const down = targets.find(({ health }) => health === "down");
  if (down) return `it does not reach ${down.labels.job} at ${down.scrapeUrl}: ${down.lastError}`;
  const broken = rules.find(({ health }) => health === "err");
  return broken && `it cannot evaluate the rule ${broken.name}: ${broken.lastError ?? "no reason"}`;
}

async function askPrometheus(url: string): Promise<Scraping> {
  const [targets, rules] = await Promise.all([
    answerOf(targetsAnswer, `${url}/api/v1/targets?state=active`),
    answerOf(rulesAnswer, `${url}/api/v1/rules`),
  ]);
  return {
    targets: targets.data.activeTargets,
    rules: rules.data.groups.flatMap((group) => group.rules),
  };
}

async function answerOf<T>(shape: z.ZodType<T>, url: string): Promise<T> {
  const text = await getText(url);
  if (text === undefined) throw new UserError(`Prometheus does not answer at ${url}.`);
  const parsed = shape.safeParse(fromJson(text));
  if (parsed.success) return parsed.data;
  throw new UserError(`What answers at ${url} is no Prometheus: is another program on its port?`);
}

async function answered(
  name: string,
  url: string,
  path: string,
  deadline: number,
  detail: (text: string) => void,
): Promise<void> {
  while ((await getText(`${url}${path}`)) === undefined) {
    if (Date.now() > deadline) {
      throw new UserError(
        `${name} at ${url} does not answer; \`docker logs\` of its container says why.`,
      );
    }
    detail(`waiting for ${name} to answer`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
