import { UNKNOWN } from "../../../policy/resource.ts";
import {
  BUDGET,
  changed,
  CONFIG_MAP,
  DEPLOYMENT,
  NAMESPACE,
  type Path,
  REMOVED,
  SERVICE,
  SERVICE_ACCOUNT,
  STATEFUL_SET,
} from "../resources.ts";
import type { CasesOf } from "./case.ts";

const NOT_KNOWN = "is not known yet; wanted";
const pod: Path = ["spec", "template", "spec"];
const POD = "spec.template.spec";
const inPod = (path: Path, value: unknown) => changed(STATEFUL_SET, [...pod, ...path], value);
const inContainer = (path: Path, value: unknown) => inPod(["containers", 0, ...path], value);
const CONTAINER = `${POD}.containers[0]`;
const readiness = { httpGet: { path: "/-/healthy", port: 9404 }, periodSeconds: 3 };
const INIT = { name: "prepare", image: "busybox" };

export const POD_CASES: CasesOf<
  | "image-digest"
  | "pod-resources"
  | "pod-priority"
  | "pod-probes"
  | "grace-period"
  | "pod-spread"
  | "pod-security"
  | "pod-service-account"
  | "namespace-security"
  | "namespace-explicit"
  | "pdb-one"
> = {
  "image-digest": {
    good: [[STATEFUL_SET], [DEPLOYMENT]],
    bad: [
      [
        inContainer(["image"], "apache/kafka:4.3.1"),
        'container broker: image is "apache/kafka:4.3.1"; wanted name@sha256:…',
      ],
      [
        inPod(["initContainers"], [INIT]),
        'container prepare: image is "busybox"; wanted name@sha256:…',
      ],
    ],
    missing: [
      [inContainer(["image"], REMOVED), "container broker: image is missing; wanted name@sha256:…"],
    ],
    unknown: [
      [inContainer(["image"], UNKNOWN), `undecidable: ${CONTAINER}.image ${NOT_KNOWN} text`],
    ],
    unrelated: [[CONFIG_MAP]],
  },
  "pod-resources": {
    good: [[STATEFUL_SET], [DEPLOYMENT]],
    bad: [
      [
        inPod(["initContainers"], [INIT]),
        ...["requests.cpu", "requests.memory", "limits.memory", "limits.ephemeral-storage"].map(
          (what) => `container prepare: resources.${what} is missing`,
        ),
      ],
    ],
    missing: [
      [
        inContainer(["resources", "limits", "memory"], REMOVED),
        "container broker: resources.limits.memory is missing",
      ],
    ],
    unknown: [
      [
        inContainer(["resources"], UNKNOWN),
        `undecidable: ${CONTAINER}.resources ${NOT_KNOWN} an object`,
      ],
    ],
    unrelated: [[CONFIG_MAP]],
  },
  "pod-priority": {
    good: [[STATEFUL_SET]],
    bad: [[inPod(["priorityClassName"], ""), "priorityClassName is missing"]],
    missing: [[inPod(["priorityClassName"], REMOVED), "priorityClassName is missing"]],
    unknown: [
      [
        inPod(["priorityClassName"], UNKNOWN),
        `undecidable: ${POD}.priorityClassName ${NOT_KNOWN} text`,
      ],
    ],
    // The UI may be pushed off its host.
    unrelated: [[DEPLOYMENT]],
  },
  "pod-probes": {
    good: [[STATEFUL_SET], [DEPLOYMENT]],
    bad: [
      [
        inContainer(["readinessProbe"], readiness),
        "container broker: liveness asks what readiness asks",
      ],
    ],
    missing: [
      [inContainer(["startupProbe"], REMOVED), "container broker: startupProbe is missing"],
      [inContainer(["livenessProbe"], REMOVED), "container broker: livenessProbe is missing"],
    ],
    unknown: [
      [
        inContainer(["livenessProbe", "httpGet", "path"], UNKNOWN),
        `undecidable: ${CONTAINER}.livenessProbe.httpGet.path ${NOT_KNOWN} a value`,
      ],
    ],
    unrelated: [[SERVICE]],
  },
  "grace-period": {
    good: [[STATEFUL_SET]],
    bad: [
      [
        inPod(["terminationGracePeriodSeconds"], 30),
        "terminationGracePeriodSeconds is 30; wanted at least 120",
      ],
    ],
    missing: [
      [
        inPod(["terminationGracePeriodSeconds"], REMOVED),
        "terminationGracePeriodSeconds is missing; wanted at least 120",
      ],
    ],
    unknown: [
      [
        inPod(["terminationGracePeriodSeconds"], UNKNOWN),
        `undecidable: ${POD}.terminationGracePeriodSeconds ${NOT_KNOWN} a number`,
      ],
    ],
    unrelated: [[DEPLOYMENT]],
  },
  "pod-spread": {
    good: [[STATEFUL_SET]],
    bad: [
      [
        inPod(["affinity"], {
          podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] },
        }),
        "no required podAntiAffinity by kubernetes.io/hostname against the brokers themselves",
      ],
      [
        changed(STATEFUL_SET, ["spec", "template", "metadata", "labels"], { app: "other" }),
        "no required podAntiAffinity by kubernetes.io/hostname against the brokers themselves",
      ],
    ],
    missing: [
      [
        inPod(["topologySpreadConstraints"], REMOVED),
        "no topologySpreadConstraints by topology.kubernetes.io/zone",
      ],
      [
        inPod(["affinity"], REMOVED),
        "no required podAntiAffinity by kubernetes.io/hostname against the brokers themselves",
      ],
    ],
    unknown: [
      [inPod(["affinity"], UNKNOWN), `undecidable: ${POD}.affinity ${NOT_KNOWN} an object`],
    ],
    unrelated: [[DEPLOYMENT]],
  },
  "pod-security": {
    good: [[STATEFUL_SET], [DEPLOYMENT]],
    bad: [
      [
        inContainer(["securityContext", "privileged"], true),
        "container broker: privileged is true",
      ],
      [
        inContainer(["securityContext", "allowPrivilegeEscalation"], true),
        "container broker: allowPrivilegeEscalation is true; wanted false",
      ],
      [
        inContainer(["securityContext", "runAsUser"], 0),
        "container broker: runAsUser is 0; wanted another user",
      ],
      [
        inContainer(["securityContext", "runAsNonRoot"], false),
        "container broker: runAsNonRoot is not set; wanted true",
      ],
      [
        inContainer(["securityContext", "capabilities"], { drop: ["ALL"], add: ["NET_ADMIN"] }),
        "container broker: capabilities.add has NET_ADMIN",
      ],
      [
        inContainer(["securityContext", "seccompProfile"], { type: "Unconfined" }),
        "container broker: seccompProfile is Unconfined; wanted RuntimeDefault or Localhost",
      ],
      [
        inContainer(["ports"], [{ containerPort: 9092, hostPort: 9092 }]),
        "container broker: a port has a hostPort",
      ],
      [inPod(["hostNetwork"], true), "hostNetwork is true"],
      [
        inPod(["volumes"], [{ name: "etc", hostPath: { path: "/etc" } }]),
        "volume etc is a hostPath",
      ],
      [
        inPod(["securityContext", "sysctls"], [{ name: "kernel.msgmax", value: "1" }]),
        'sysctl "kernel.msgmax" is set',
      ],
    ],
    missing: [
      [
        changed(inContainer(["securityContext"], REMOVED), [...pod, "securityContext"], REMOVED),
        "container broker: allowPrivilegeEscalation is missing; wanted false",
        "container broker: runAsNonRoot is not set; wanted true",
        'container broker: capabilities.drop has no "ALL"',
        "container broker: seccompProfile is missing; wanted RuntimeDefault or Localhost",
        "container broker: readOnlyRootFilesystem is not set; wanted true",
      ],
    ],
    unknown: [
      [
        inContainer(["securityContext"], UNKNOWN),
        `undecidable: ${CONTAINER}.securityContext ${NOT_KNOWN} an object`,
      ],
    ],
    unrelated: [[SERVICE]],
  },
  "pod-service-account": {
    good: [[STATEFUL_SET], [DEPLOYMENT], [SERVICE_ACCOUNT]],
    bad: [
      [
        inPod(["automountServiceAccountToken"], true),
        "automountServiceAccountToken is true; wanted false",
      ],
      [
        inPod(["serviceAccountName"], "default"),
        "serviceAccountName is missing; wanted one of its own",
      ],
      [
        changed(SERVICE_ACCOUNT, ["automountServiceAccountToken"], true),
        "automountServiceAccountToken is true; wanted false",
      ],
    ],
    missing: [
      [
        inPod(["serviceAccountName"], REMOVED),
        "serviceAccountName is missing; wanted one of its own",
      ],
      [
        changed(SERVICE_ACCOUNT, ["automountServiceAccountToken"], REMOVED),
        "automountServiceAccountToken is missing; wanted false",
      ],
    ],
    unknown: [
      [
        inPod(["serviceAccountName"], UNKNOWN),
        `undecidable: ${POD}.serviceAccountName ${NOT_KNOWN} text`,
      ],
    ],
    unrelated: [[SERVICE]],
  },
  "namespace-security": {
    good: [[NAMESPACE]],
    bad: [
      [
        changed(
          NAMESPACE,
          ["metadata", "labels", "pod-security.kubernetes.io/enforce"],
          "baseline",
        ),
        'pod-security.kubernetes.io/enforce is "baseline"; wanted "restricted"',
      ],
    ],
    missing: [
      [
        changed(NAMESPACE, ["metadata", "labels"], REMOVED),
        'pod-security.kubernetes.io/enforce is missing; wanted "restricted"',
      ],
    ],
    unknown: [
      [
        changed(NAMESPACE, ["metadata", "labels"], UNKNOWN),
        `undecidable: metadata.labels ${NOT_KNOWN} an object`,
      ],
    ],
    unrelated: [[SERVICE]],
  },
  "namespace-explicit": {
    good: [[STATEFUL_SET], [SERVICE], [CONFIG_MAP]],
    bad: [
      [
        changed(SERVICE, ["metadata", "namespace"], "default"),
        'metadata.namespace is "default"; wanted one of its own',
      ],
    ],
    missing: [
      [
        changed(SERVICE, ["metadata", "namespace"], REMOVED),
        "metadata.namespace is missing; wanted one of its own",
      ],
    ],
    unknown: [
      [
        changed(SERVICE, ["metadata", "namespace"], UNKNOWN),
        `undecidable: metadata.namespace ${NOT_KNOWN} text`,
      ],
    ],
    unrelated: [[NAMESPACE]],
  },
  "pdb-one": {
    good: [[BUDGET]],
    bad: [
      [changed(BUDGET, ["spec", "maxUnavailable"], 2), "maxUnavailable is 2; wanted 1"],
      [changed(BUDGET, ["spec", "maxUnavailable"], 0), "maxUnavailable is 0; wanted 1"],
      [changed(BUDGET, ["spec", "maxUnavailable"], "34%"), 'maxUnavailable is "34%"; wanted 1'],
      [
        changed(BUDGET, ["spec", "minAvailable"], 2),
        "minAvailable is set; wanted maxUnavailable only",
      ],
    ],
    missing: [
      [changed(BUDGET, ["spec", "maxUnavailable"], REMOVED), "maxUnavailable is missing; wanted 1"],
    ],
    unknown: [
      [
        changed(BUDGET, ["spec", "maxUnavailable"], UNKNOWN),
        `undecidable: spec.maxUnavailable ${NOT_KNOWN} text or a number`,
      ],
    ],
    unrelated: [[SERVICE]],
  },
};
