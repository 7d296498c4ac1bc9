/** What the tests of the Kubernetes drivers share: a cluster, a namespace, and that nothing stays behind. */
import { afterAll, beforeAll, inject } from "vitest";
import type { Properties, ResourceDriver, ResourceState } from "../../engine/driver.ts";
import { kubernetesProvider } from "../../engine/drivers/kubernetes/provider.ts";
import type { KubernetesApi } from "../../kubernetes-api/api.ts";
import type { KubernetesObject } from "../../kubernetes-api/objects.ts";
import { checked, created, recordingContext, type RecordingContext } from "./driver-run.ts";

/** Register once per test file, at its top level of the project "kubernetes". */
export class KubernetesFixture {
  readonly namespace: string;
  #api: KubernetesApi | undefined;
  #image = "";

  constructor(namespace: string) {
    this.namespace = namespace;
    beforeAll(() => this.#begin());
    afterAll(() => this.#end());
  }

  get api(): KubernetesApi {
    if (this.#api === undefined) throw new Error("the tests have not begun");
    return this.#api;
  }

  /** An image every node has whose program runs until it is told to go. */
  get image(): string {
    return this.#image;
  }

  driver(kind: string): ResourceDriver<KubernetesApi> {
    const found = kubernetesProvider.resources.find(({ type }) => type.endsWith(`:${kind}`));
    if (found === undefined) throw new Error(`no driver for ${kind}`);
    return found;
  }

  metadata(name: string, more: Properties = {}): Properties {
    return { name, namespace: this.namespace, ...more };
  }

  create(
    kind: string,
    inputs: Properties,
    context: RecordingContext = recordingContext(),
  ): Promise<ResourceState> {
    return created(this.driver(kind), this.api, inputs, context);
  }

  async update(kind: string, old: ResourceState, inputs: Properties): Promise<ResourceState> {
    const now = checked(this.driver(kind), inputs);
    const outputs = await this.driver(kind).update(this.api, old, now, recordingContext());
    return { id: old.id, inputs: now, outputs };
  }

  delete(kind: string, state: ResourceState): Promise<void> {
    return this.driver(kind).delete(this.api, state, recordingContext());
  }

  read(kind: string, state: ResourceState): Promise<ResourceState | undefined> {
    return this.driver(kind).read(this.api, state, recordingContext());
  }

  async #begin(): Promise<void> {
    const { context, kubeconfig } = inject("cluster");
    const config = { context, kubeconfig };
    this.#api = await kubernetesProvider.connect(config, recordingContext());
    this.#image = await runningImage(this.api);
    await this.api.delete({ kind: "Namespace", name: this.namespace });
    await this.create("Namespace", { metadata: { name: this.namespace } });
  }

  async #end(): Promise<void> {
    if (this.#api === undefined) return;
    const metadata = { name: this.namespace };
    const inputs = { apiVersion: "v1", kind: "Namespace", metadata };
    await this.delete("Namespace", { id: this.namespace, inputs, outputs: {} });
    await kubernetesProvider.close(this.api);
  }
}

/** The pause image: no cluster is without it. */
async function runningImage(api: KubernetesApi): Promise<string> {
  const nodes = await api.list("Node");
  const names = nodes.flatMap((node) => imagesOf(node));
  const pause = names.find((name) => /\/pause:/.test(name));
  if (pause === undefined) throw new Error(`no pause image among ${names.join(", ")}`);
  return pause;
}

function imagesOf(node: KubernetesObject): string[] {
  const { images = [] } = node["status"] as { images?: { names?: string[] }[] };
  return images.flatMap(({ names = [] }) => names);
}
