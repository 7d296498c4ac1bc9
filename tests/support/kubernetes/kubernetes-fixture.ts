/** What the tests of the Kubernetes drivers share: a cluster, a namespace, and that nothing stays behind. */
import { afterAll, beforeAll, inject } from "vitest";
import type { Properties, ResourceDriver, ResourceState } from "../../../engine/index.ts";
import { kubernetesProvider } from "../../../engine/providers.ts";
import type { KubernetesApi } from "../../../clients/kubernetes/api.ts";
import { checked, created, recordingContext, type RecordingContext } from "../pulumi/driver-run.ts";

/** What keeps a pod's place: the lab makes its own. */
const PAUSE_IMAGE = {
  lab: "docker.io/kafka-platform-lab/pause:1",
  kubernetes: "registry.k8s.io/pause:3.10",
};

/** Register once per test file, at its top level of the project "kubernetes". */
export class KubernetesFixture {
  readonly namespace: string;
  /** An image whose program runs until it is told to go. */
  readonly image = inject("cluster").lab === undefined ? PAUSE_IMAGE.kubernetes : PAUSE_IMAGE.lab;
  #api: KubernetesApi | undefined;

  constructor(namespace: string) {
    this.namespace = namespace;
    beforeAll(() => this.#begin());
    afterAll(() => this.#end());
  }

  get api(): KubernetesApi {
    if (this.#api === undefined) throw new Error("the tests have not begun");
    return this.#api;
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
