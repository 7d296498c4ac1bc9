import type { Fields } from "../fields.ts";
import { EVERYWHERE, type ResourceRule, show, when } from "../rule.ts";
import { NAMESPACED, WORKLOADS } from "../types.ts";
import { NAMESPACE, SERVICE_ACCOUNT } from "../../model/stack/resource-types.ts";
import { containerName, containersOf, podOf } from "../workloads.ts";

/** Volumes that the restricted standard takes. */
const VOLUMES = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
];
const SHARED_WITH_HOST = ["hostNetwork", "hostPID", "hostIPC"];
const SECCOMP = ["RuntimeDefault", "Localhost"];

/** What the pod as a whole does that the restricted standard refuses. */
function podFaults(pod: Fields): string[] {
  return [
    ...SHARED_WITH_HOST.flatMap((key) => when(pod.flag(key) === true, `${key} is true`)),
    ...pod.list("volumes").flatMap((volume) => {
      const kinds = volume.keys().filter((key) => key !== "name");
      return kinds.flatMap((kind) =>
        when(!VOLUMES.includes(kind), `volume ${volume.text("name") ?? ""} is a ${kind}`),
      );
    }),
    ...pod
      .in("securityContext")
      .list("sysctls")
      .map((sysctl) => `sysctl ${show(sysctl.text("name"))} is set`),
  ];
}

/** What one container does. It says for itself what the pod does not say for all. */
function containerFaults(container: Fields, pod: Fields): string[] {
  const own = container.in("securityContext");
  const all = pod.in("securityContext");
  const at = containerName(container);
  const user = own.number("runAsUser") ?? all.number("runAsUser");
  const seccomp =
    own.in("seccompProfile").text("type") ?? all.in("seccompProfile").text("type") ?? "missing";
  const added = own.in("capabilities").texts("add");
  return [
    ...when(own.flag("privileged") === true, `${at}: privileged is true`),
    ...when(
      own.flag("allowPrivilegeEscalation") !== false,
      `${at}: allowPrivilegeEscalation is ${show(own.flag("allowPrivilegeEscalation"))}; wanted false`,
    ),
    ...when(
      (own.flag("runAsNonRoot") ?? all.flag("runAsNonRoot")) !== true,
      `${at}: runAsNonRoot is not set; wanted true`,
    ),
    ...when(user === 0, `${at}: runAsUser is 0; wanted another user`),
    ...when(
      !own.in("capabilities").texts("drop").includes("ALL"),
      `${at}: capabilities.drop has no "ALL"`,
    ),
    ...when(
      added.some((name) => name !== "NET_BIND_SERVICE"),
      `${at}: capabilities.add has ${added.join(", ")}`,
    ),
    ...when(
      !SECCOMP.includes(seccomp),
      `${at}: seccompProfile is ${seccomp}; wanted ${SECCOMP.join(" or ")}`,
    ),
    ...when(
      own.flag("readOnlyRootFilesystem") !== true,
      `${at}: readOnlyRootFilesystem is not set; wanted true`,
    ),
    ...container
      .list("ports")
      .flatMap((port) => when(port.has("hostPort"), `${at}: a port has a hostPort`)),
  ];
}

/** Rules on what pods are isolated from. */
export const POD_SECURITY_RULES: readonly ResourceRule[] = [
  {
    id: "pod-security",
    level: "mandatory",
    environments: EVERYWHERE,
    types: WORKLOADS,
    title:
      "Pods give up every privilege: the restricted standard, and a root file system that is read-only",
    reason: "Whoever takes over a process that has none of them has the container, and no more.",
    fix: "Use the security contexts of the platform's other pods.",
    check: (subject) => [
      ...podFaults(podOf(subject)),
      ...containersOf(subject).flatMap((container) => containerFaults(container, podOf(subject))),
    ],
  },
  {
    id: "pod-service-account",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [...WORKLOADS, SERVICE_ACCOUNT],
    title: "Pods have a service account of their own, and no token of it",
    reason:
      "Nothing of the platform asks the API server for anything, so nobody in it should be able to.",
    fix: "Name a service account, and set automountServiceAccountToken to false.",
    check(subject) {
      const of = subject.resource.type === SERVICE_ACCOUNT ? subject.fields : podOf(subject);
      const account = of.text("serviceAccountName") ?? "default";
      return [
        ...when(
          of.flag("automountServiceAccountToken") !== false,
          `automountServiceAccountToken is ${show(of.flag("automountServiceAccountToken"))}; wanted false`,
        ),
        ...when(
          subject.resource.type !== SERVICE_ACCOUNT && account === "default",
          "serviceAccountName is missing; wanted one of its own",
        ),
      ];
    },
  },
  {
    id: "namespace-security",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [NAMESPACE],
    title: "The namespace takes no pod with a privilege",
    reason: "It holds for pods that come later, and that nobody looked at here.",
    fix: "Label it pod-security.kubernetes.io/enforce: restricted.",
    check({ fields }) {
      const given = fields.in("metadata").map("labels")["pod-security.kubernetes.io/enforce"];
      return when(
        given !== "restricted",
        `pod-security.kubernetes.io/enforce is ${show(given)}; wanted "restricted"`,
      );
    },
  },
  {
    id: "namespace-explicit",
    level: "mandatory",
    environments: EVERYWHERE,
    types: NAMESPACED,
    title: "Every object says its namespace, and it is not the default one",
    reason: "Else it lands in whatever namespace the kubeconfig happens to name.",
    fix: "Set metadata.namespace.",
    check({ fields }) {
      const given = fields.in("metadata").text("namespace");
      const fine = given !== undefined && given !== "" && given !== "default";
      return when(!fine, `metadata.namespace is ${show(given)}; wanted one of its own`);
    },
  },
];
