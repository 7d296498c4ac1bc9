import { expect, test } from "vitest";
import { parse } from "yaml";
import { kubernetesCluster } from "../../model/kubernetes/kubernetes-settings.ts";
import { type Observer, OBSERVERS } from "../../model/observability/observability-settings.ts";
import { SECRET_KEYS, stackConfigSchema } from "../../model/stack/stack-config.ts";
import { pages } from "./pages.ts";

const page = (file: string): string => pages.get(file) ?? "";
/** The group of keys whose rows name what is in it, not itself. */
const GROUPS = ["cluster", "ui", "policy", "observability"];

const undocumented = (text: string, keys: readonly string[]): string[] =>
  keys.filter((key) => !text.includes(`\`${key}\``) && !text.includes(`\`${key}.`));

test("docs/configuration.md has every key of a stack file", () => {
  const keys = Object.keys(stackConfigSchema.shape).filter((key) => !GROUPS.includes(key));
  const docker = stackConfigSchema.shape.cluster.options.find(
    ({ shape }) => shape.kind.value === "docker",
  );
  const ofCluster = Object.keys(docker?.shape ?? {}).map((key) => `cluster.${key}`);
  const all = [...keys, ...Object.keys(SECRET_KEYS), ...ofCluster];
  expect(all.length).toBeGreaterThan(15);
  expect(undocumented(page("docs/configuration.md"), all)).toEqual([]);
});

test("docs/configuration.md has every key of observability, and of each part of it", () => {
  const { shape } = stackConfigSchema.shape.observability.unwrap();
  const parts = Object.keys(shape).filter((key) => !(key in OBSERVERS));
  const inParts = (Object.keys(OBSERVERS) as Observer[]).flatMap((part) =>
    Object.keys(shape[part].unwrap().shape).map((key) => `${part}.${key}`),
  );
  expect(inParts).toContain("prometheus.retention");
  expect(undocumented(page("docs/configuration.md"), [...parts, ...inParts])).toEqual([]);
});

test("docs/kubernetes.md has every key of a cluster on Kubernetes", () => {
  const keys = Object.keys(kubernetesCluster.shape).filter((key) => key !== "kind");
  expect(keys.length).toBeGreaterThan(20);
  expect(undocumented(page("docs/kubernetes.md"), keys)).toEqual([]);
});

test("a key that no page has is found", () => {
  expect(undocumented("`cluster.memory`, `storage.size`", ["storage", "memory"])).toEqual([
    "memory",
  ]);
});

test("every example of a stack file is one that the program accepts", () => {
  const examples = [...pages.values()].flatMap((text) =>
    [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = ""]) => block),
  );
  const least = { environment: "dev", protection: false, cluster: { kind: "docker" } };
  const results = examples.map((example) => {
    const { config, ...direct } = parse(example) as Record<string, Record<string, unknown>>;
    const keys = Object.entries(config ?? direct);
    const given = keys.map(([key, value]) => [key.replace("kafka-platform:", ""), value]);
    return stackConfigSchema.safeParse({ ...least, ...Object.fromEntries(given) }).error?.message;
  });
  expect(results.length).toBeGreaterThan(2);
  expect(results).toEqual(results.map(() => undefined));
});
