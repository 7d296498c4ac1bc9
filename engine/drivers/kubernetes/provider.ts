/** The Kubernetes provider of the embedded engine: the part of `@pulumi/kubernetes` the program uses. */
import { KubernetesApi } from "../../../clients/kubernetes/api.ts";
import type { CheckResult, Properties, ProviderDriver, Value } from "../driver.ts";
import { flag, optional, required, text } from "../property-rules.ts";
import { checkTable, known, updates } from "../property-table.ts";
import { RESOURCE_KINDS } from "./kinds.ts";
import { objectDriver } from "./object.ts";

const arguments_ = {
  /** Never "whatever is current": a preview would be one of another cluster. */
  context: updates(required(text())),
  /** A path, or the content. */
  kubeconfig: updates(
    optional(text({ hidden: true, wanted: "a path or the content of a kubeconfig" })),
  ),
  /** Of objects that declare none. */
  namespace: updates(optional(text())),
  enableServerSideApply: updates(optional(flag)),
  /** An object that somebody changed by hand becomes as it is declared, instead of refusing. */
  enablePatchForce: updates(optional(flag)),
  enableConfigMapMutable: updates(optional(flag)),
  enableSecretMutable: updates(optional(flag)),
};

export const kubernetesProvider: ProviderDriver<KubernetesApi> = {
  name: "kubernetes",

  check(inputs: Properties): CheckResult {
    const result = checkTable(arguments_, argumentsOf(inputs));
    if (result.inputs["enableServerSideApply"] !== false) return result;
    const reason = "must be true or left out: the embedded engine changes objects no other way";
    const failure = { property: "enableServerSideApply", reason };
    return { ...result, failures: [...result.failures, failure] };
  },

  connect(config: Properties): Promise<KubernetesApi> {
    const { context, kubeconfig, enablePatchForce: force } = known<typeof arguments_>(config);
    return KubernetesApi.connect({ context, kubeconfig, force });
  },

  close: (api) => api.close(),

  resources: RESOURCE_KINDS.map(objectDriver),
};

/**
 * Without the package version, which the engine adds. The SDK sends everything but texts as JSON,
 * and takes an empty KUBECONFIG for a path.
 */
function argumentsOf(inputs: Properties): Properties {
  const entries = Object.entries(inputs).filter(
    ([name, value]) => name !== "version" && !(name === "kubeconfig" && value === ""),
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, fromJson(value)]));
}

function fromJson(value: Value): Value {
  return value === "true" ? true : value === "false" ? false : value;
}
