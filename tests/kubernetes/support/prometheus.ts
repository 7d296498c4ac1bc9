/** The Prometheus of a stack of its own, asked through the API server: no policy lets anybody else in. */
import type { PlatformStack } from "./platform-stack.ts";

/** What its API has at a path, such as `targets?state=active`. */
export async function askPrometheus<Data = object>(
  stack: PlatformStack,
  path: string,
): Promise<Data> {
  const service = `/api/v1/namespaces/${stack.namespace}/services/kafka-prometheus:http`;
  const answer = await stack.kubectl("get", "--raw", `${service}/proxy/api/v1/${path}`);
  return (JSON.parse(answer) as { readonly data: Data }).data;
}

interface Vector {
  readonly result: readonly {
    readonly metric: Readonly<Record<string, string>>;
    /** When, and how much, in text. */
    readonly value: readonly [number, string];
  }[];
}

/** Labels of what an expression of PromQL yields now. */
export async function seriesOf(
  stack: PlatformStack,
  expression: string,
): Promise<Readonly<Record<string, string>>[]> {
  return (await evaluated(stack, expression)).map(({ metric }) => metric);
}

/** What an expression of PromQL comes to now. @returns undefined where it has no one value */
export async function valueOf(
  stack: PlatformStack,
  expression: string,
): Promise<number | undefined> {
  const [only, ...others] = await evaluated(stack, expression);
  return only === undefined || others.length > 0 ? undefined : Number(only.value[1]);
}

async function evaluated(stack: PlatformStack, expression: string): Promise<Vector["result"]> {
  const path = `query?query=${encodeURIComponent(expression)}`;
  return (await askPrometheus<Vector>(stack, path)).result;
}
