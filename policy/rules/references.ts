import type { Fields } from "../fields.ts";
import { EVERYWHERE, show, type StackRule } from "../rule.ts";
import type { Stack, Subject } from "../subject.ts";
import { WORKLOADS } from "../types.ts";
import {
  CONFIG_MAP,
  DISRUPTION_BUDGET,
  NETWORK_POLICY,
  SECRET,
  SERVICE,
  SERVICE_ACCOUNT,
  STATEFUL_SET,
} from "../../model/stack/resource-types.ts";
import { containersOf, namespaceOf, objectName, podLabels, podOf, selects } from "../workloads.ts";

/** One object that another one names. */
interface Reference {
  readonly type: string;
  readonly name: string | undefined;
  /** Keys of its data that are wanted. */
  readonly keys: readonly string[];
}

const refer = (
  type: string,
  name: string | undefined,
  keys: readonly string[] = [],
): Reference => ({
  type,
  name,
  keys,
});

const keysOf = (source: Fields) => source.list("items").flatMap((item) => item.text("key") ?? []);

/** What a volume, or a part of a projected one, reads. What is optional may be missing. */
function sources(volume: Fields): Reference[] {
  const parts = [volume, ...volume.in("projected").list("sources")];
  return parts.flatMap((part) => {
    const map = part.in("configMap");
    const secret = part.in("secret");
    return [
      ...(part.has("configMap") && map.flag("optional") !== true
        ? [refer(CONFIG_MAP, map.text("name"), keysOf(map))]
        : []),
      ...(part.has("secret") && secret.flag("optional") !== true
        ? [refer(SECRET, secret.text("secretName") ?? secret.text("name"))]
        : []),
    ];
  });
}

/** What the environment of a container reads. */
const environmentSources = (container: Fields): Reference[] => [
  ...container
    .list("envFrom")
    .flatMap((from) => [
      ...(from.has("configMapRef")
        ? [refer(CONFIG_MAP, from.in("configMapRef").text("name"))]
        : []),
      ...(from.has("secretRef") ? [refer(SECRET, from.in("secretRef").text("name"))] : []),
    ]),
  ...container.list("env").flatMap((entry) => {
    const from = entry.in("valueFrom");
    const key = from.in("configMapKeyRef");
    return [
      ...(from.has("configMapKeyRef")
        ? [refer(CONFIG_MAP, key.text("name"), [key.text("key") ?? ""])]
        : []),
      ...(from.has("secretKeyRef") ? [refer(SECRET, from.in("secretKeyRef").text("name"))] : []),
    ];
  }),
];

const referencesOf = (workload: Subject): Reference[] => {
  const pod = podOf(workload);
  return [
    ...(workload.resource.type === STATEFUL_SET
      ? [refer(SERVICE, workload.fields.in("spec").text("serviceName"))]
      : []),
    refer(SERVICE_ACCOUNT, pod.text("serviceAccountName") ?? "default"),
    ...pod.list("volumes").flatMap(sources),
    ...containersOf(workload).flatMap(environmentSources),
  ];
};

const kindOf = (type: string) => type.slice(type.lastIndexOf(":") + 1);

function referenceFaults(stack: Stack, workload: Subject): string[] {
  return referencesOf(workload).flatMap(({ type, name, keys }) => {
    // Every namespace has this one.
    if (type === SERVICE_ACCOUNT && name === "default") return [];
    const found = stack
      .ofType(type)
      .find((one) => objectName(one) === name && namespaceOf(one) === namespaceOf(workload));
    if (!found) return [`there is no ${kindOf(type)} ${show(name)} in its namespace`];
    const data = type === CONFIG_MAP ? found.fields.in("data").keys() : keys;
    return keys
      .filter((key) => !data.includes(key))
      .map((key) => `the ${kindOf(type)} ${show(name)} has no "${key}"`);
  });
}

/** Label that Kubernetes itself gives each pod of a StatefulSet: the pod's name. */
const POD_NAME = "statefulset.kubernetes.io/pod-name";

/** Whether the selector finds pods of the workload. */
function finds(selector: Readonly<Record<string, string>>, workload: Subject): boolean {
  const { [POD_NAME]: pod, ...labels } = selector;
  if (!selects(labels, podLabels(workload))) return false;
  if (pod === undefined) return true;
  const { fields } = workload;
  const replicas = fields.in("spec").number("replicas") ?? 1;
  const names = Array.from({ length: replicas }, (_, n) => `${objectName(workload) ?? ""}-${n}`);
  return workload.resource.type === STATEFUL_SET && names.includes(pod);
}

/** Where each kind of object has the selector of pods. */
const SELECTORS: Readonly<Record<string, (fields: Fields) => Record<string, string>>> = {
  [SERVICE]: (fields) => fields.in("spec").map("selector"),
  [NETWORK_POLICY]: (fields) => fields.in("spec", "podSelector").map("matchLabels"),
  [DISRUPTION_BUDGET]: (fields) => fields.in("spec", "selector").map("matchLabels"),
};

const portNames = (workload: Subject) =>
  containersOf(workload).flatMap((container) =>
    container.list("ports").flatMap((port) => port.text("name") ?? []),
  );

/** Rules on objects that name others. */
export const REFERENCE_RULES: readonly StackRule[] = [
  {
    id: "dangling-reference",
    level: "mandatory",
    environments: EVERYWHERE,
    title: "Pods refer to Services, accounts, ConfigMaps and Secrets that are declared",
    reason: "Pods that refer to nothing wait for ever, and the run with them.",
    fix: "Correct the name, or declare the object in the same namespace.",
    checkStack: (stack) =>
      stack.ofType(...WORKLOADS).flatMap((workload) =>
        referenceFaults(stack, workload).map((message) => ({
          urn: workload.resource.urn,
          message,
        })),
      ),
  },
  {
    id: "dangling-selector",
    level: "mandatory",
    environments: EVERYWHERE,
    title: "Services, network policies and budgets select pods that are declared",
    reason: "One that selects nothing looks right, and guards or serves nobody.",
    fix: "Give it labels of the pods that it is for.",
    checkStack: (stack) =>
      stack.ofType(...Object.keys(SELECTORS)).flatMap((one) => {
        const { urn, type } = one.resource;
        const selector = SELECTORS[type]?.(one.fields) ?? {};
        // Nothing named is every pod for a policy, and none for a Service.
        if (type !== SERVICE && Object.keys(selector).length === 0) return [];
        const found = stack
          .ofType(...WORKLOADS)
          .filter((pods) => namespaceOf(pods) === namespaceOf(one) && finds(selector, pods));
        if (found.length === 0 || Object.keys(selector).length === 0) {
          return [{ urn, message: "its selector finds no pods" }];
        }
        const named = found.flatMap(portNames);
        const ports = type === SERVICE ? one.fields.in("spec").list("ports") : [];
        return ports.flatMap((port) => {
          const target = port.scalar("targetPort");
          const message = `its targetPort ${show(target)} is no port of the pods`;
          return typeof target === "string" && !named.includes(target) ? [{ urn, message }] : [];
        });
      }),
  },
];
