import { UNKNOWN } from "../../../policy/resource.ts";
import {
  BROKER_POLICY,
  ALERTMANAGER_POLICY,
  BUDGET,
  changed,
  CLAIM,
  CONFIG_MAP,
  DENY_ALL,
  DEPLOYMENT,
  everythingWith,
  everythingWithout,
  NAMESPACE,
  type Path,
  REMOVED,
  SERVICE,
  SERVICE_ACCOUNT,
  STATEFUL_SET,
  TOPIC,
  topicNamed,
  UI_POLICY,
  UI_SERVICE,
  unprotected,
  VOLUME,
} from "../resources.ts";
import type { CasesOf } from "./case.ts";

const NOT_KNOWN = "is not known yet; wanted";
const pod: Path = ["spec", "template", "spec"];
const template: Path = ["spec", "volumeClaimTemplates", 0, "spec", "storageClassName"];
const ingress = (...rules: unknown[]) => changed(BROKER_POLICY, ["spec", "ingress"], rules);
const tcp = (port: number) => [{ protocol: "TCP", port }];
const brokers = {
  podSelector: { matchLabels: { "app.kubernetes.io/component": "broker" } },
};
const nodePort = (targetPort?: unknown) =>
  changed(
    changed(SERVICE, ["spec", "type"], "NodePort"),
    ["spec", "ports"],
    [{ port: 9092, targetPort }],
  );
const selector = (value: unknown) => changed(SERVICE, ["spec", "selector"], value);
const large = topicNamed("orders", { "retention.bytes": String(100 * 2 ** 30) });

export const OBJECT_CASES: CasesOf<
  | "pdb-covers-brokers"
  | "dangling-reference"
  | "dangling-selector"
  | "storage-class"
  | "storage-kept"
  | "storage-size"
  | "network-default-deny"
  | "network-ports"
  | "service-exposure"
  | "service-sources"
> = {
  "pdb-covers-brokers": {
    good: [[everythingWith()]],
    bad: [
      [
        everythingWith(changed(BUDGET, ["spec", "selector", "matchLabels"], { app: "other" })),
        "no PodDisruptionBudget has its selector",
      ],
      [
        everythingWith(changed(BUDGET, ["metadata", "namespace"], "other")),
        "no PodDisruptionBudget has its selector",
      ],
    ],
    missing: [[everythingWithout(BUDGET), "no PodDisruptionBudget has its selector"]],
    unknown: [
      [
        everythingWith(changed(BUDGET, ["spec", "selector"], UNKNOWN)),
        `undecidable: spec.selector ${NOT_KNOWN} an object`,
      ],
    ],
    unrelated: [[[DEPLOYMENT]]],
  },
  "dangling-reference": {
    good: [[everythingWith()]],
    bad: [
      [
        everythingWith(changed(STATEFUL_SET, ["spec", "serviceName"], "kafka-headles")),
        'there is no Service "kafka-headles" in its namespace',
      ],
      [
        everythingWith(changed(CONFIG_MAP, ["data", "node-1.properties"], REMOVED)),
        'the ConfigMap "kafka-config" has no "node-1.properties"',
      ],
      [
        everythingWith(
          changed(
            DEPLOYMENT,
            [...pod, "containers", 0, "envFrom"],
            [{ secretRef: { name: "nobody" } }, { configMapRef: { name: "nothing" } }],
          ),
        ),
        'there is no Secret "nobody" in its namespace',
        'there is no ConfigMap "nothing" in its namespace',
      ],
      [
        everythingWith(changed(SERVICE_ACCOUNT, ["metadata", "namespace"], "other")),
        'there is no ServiceAccount "kafka" in its namespace',
      ],
    ],
    missing: [
      [everythingWithout(CONFIG_MAP), 'there is no ConfigMap "kafka-config" in its namespace'],
      [
        everythingWith(changed(STATEFUL_SET, ["spec", "serviceName"], REMOVED)),
        "there is no Service missing in its namespace",
      ],
    ],
    unknown: [
      [
        everythingWith(changed(STATEFUL_SET, ["spec", "serviceName"], UNKNOWN)),
        `undecidable: spec.serviceName ${NOT_KNOWN} text`,
      ],
    ],
    unrelated: [[[SERVICE, CONFIG_MAP]]],
  },
  "dangling-selector": {
    good: [[everythingWith()]],
    bad: [
      [everythingWith(selector({ app: "other" })), "its selector finds no pods"],
      [
        everythingWith(selector({ "statefulset.kubernetes.io/pod-name": "kafka-3" })),
        "its selector finds no pods",
      ],
      [
        everythingWith(
          changed(UI_POLICY, ["spec", "podSelector", "matchLabels"], { app: "other" }),
        ),
        "its selector finds no pods",
      ],
      [
        everythingWith(changed(UI_SERVICE, ["spec", "ports", 0, "targetPort"], "htp")),
        'its targetPort "htp" is no port of the pods',
      ],
    ],
    missing: [
      [everythingWith(selector(REMOVED)), "its selector finds no pods"],
      [everythingWith(changed(DENY_ALL, ["spec", "podSelector"], {}))],
    ],
    unknown: [
      [everythingWith(selector(UNKNOWN)), `undecidable: spec.selector ${NOT_KNOWN} an object`],
    ],
    unrelated: [[[STATEFUL_SET, TOPIC]]],
  },
  "storage-class": {
    good: [[CLAIM], [STATEFUL_SET]],
    bad: [
      [changed(CLAIM, ["spec", "storageClassName"], ""), "storageClassName is missing"],
      [changed(STATEFUL_SET, template, ""), "storageClassName is missing"],
    ],
    missing: [
      [changed(CLAIM, ["spec", "storageClassName"], REMOVED), "storageClassName is missing"],
    ],
    unknown: [
      [
        changed(CLAIM, ["spec", "storageClassName"], UNKNOWN),
        `undecidable: spec.storageClassName ${NOT_KNOWN} text`,
      ],
    ],
    unrelated: [[DEPLOYMENT]],
  },
  "storage-kept": {
    good: [[CLAIM], [NAMESPACE], [VOLUME], [STATEFUL_SET]],
    bad: [
      [
        unprotected(CLAIM),
        "the option protect is not set; wanted true",
        "the option retainOnDelete is not set; wanted true",
      ],
      [unprotected(VOLUME), "the option protect is not set; wanted true"],
      [
        changed(
          STATEFUL_SET,
          ["spec", "persistentVolumeClaimRetentionPolicy", "whenScaled"],
          "Delete",
        ),
        'persistentVolumeClaimRetentionPolicy.whenScaled is "Delete"; wanted "Retain"',
      ],
    ],
    missing: [
      [
        changed(STATEFUL_SET, ["spec", "persistentVolumeClaimRetentionPolicy"], REMOVED),
        'persistentVolumeClaimRetentionPolicy.whenDeleted is missing; wanted "Retain"',
        'persistentVolumeClaimRetentionPolicy.whenScaled is missing; wanted "Retain"',
      ],
      // The Pulumi CLI does not tell retainOnDelete.
      [{ ...CLAIM, options: { protect: true } }],
    ],
    unknown: [
      [
        changed(STATEFUL_SET, ["spec", "persistentVolumeClaimRetentionPolicy"], UNKNOWN),
        `undecidable: spec.persistentVolumeClaimRetentionPolicy ${NOT_KNOWN} an object`,
      ],
    ],
    unrelated: [[unprotected(DEPLOYMENT)]],
  },
  "storage-size": {
    good: [[everythingWith()]],
    bad: [[everythingWith(large), "10 GiB a broker; topics may take 390 GiB with headroom"]],
    missing: [
      [everythingWith(changed(large, ["config", "retention.bytes"], REMOVED))],
      [
        everythingWith(changed(CLAIM, ["spec", "resources"], REMOVED)),
        "0 GiB a broker; topics may take 4 GiB with headroom",
      ],
    ],
    unknown: [
      [
        everythingWith(changed(TOPIC, ["partitions"], UNKNOWN)),
        `undecidable: partitions ${NOT_KNOWN} a number`,
      ],
    ],
    unrelated: [[[large]]],
  },
  "network-default-deny": {
    good: [[everythingWith()]],
    bad: [
      [
        everythingWith(changed(DENY_ALL, ["spec", "ingress"], [{}])),
        "no NetworkPolicy denies all to and from its pods",
        "no NetworkPolicy denies all to and from its pods",
      ],
      [
        everythingWith(changed(DENY_ALL, ["spec", "policyTypes"], ["Ingress"])),
        "no NetworkPolicy denies all to and from its pods",
        "no NetworkPolicy denies all to and from its pods",
      ],
      [
        everythingWith(
          changed(DENY_ALL, ["spec", "podSelector", "matchLabels"], {
            "app.kubernetes.io/component": "broker",
          }),
        ),
        "no NetworkPolicy denies all to and from its pods",
      ],
    ],
    missing: [
      [
        everythingWithout(DENY_ALL),
        "no NetworkPolicy denies all to and from its pods",
        "no NetworkPolicy denies all to and from its pods",
      ],
    ],
    unknown: [
      [
        everythingWith(changed(DENY_ALL, ["spec", "policyTypes"], UNKNOWN)),
        `undecidable: spec.policyTypes ${NOT_KNOWN} a list`,
      ],
    ],
    unrelated: [[[DENY_ALL, SERVICE]]],
  },
  "network-ports": {
    good: [
      [DENY_ALL],
      [BROKER_POLICY],
      [UI_POLICY],
      // Its port is the controllers' too.
      [ALERTMANAGER_POLICY],
      [ingress({ ports: tcp(9094) })],
    ],
    bad: [
      [ingress({ ports: tcp(9092) }), "spec.ingress[0] opens 9092 to everybody"],
      [
        ingress({ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: tcp(9404) }),
        "spec.ingress[0] opens 9404 to everybody",
      ],
      [
        ingress({ from: [{ podSelector: {} }], ports: tcp(9404) }),
        "spec.ingress[0] opens 9404 to every pod of the namespace; wanted Prometheus and the UI",
      ],
      [
        ingress({ from: [brokers, { podSelector: {} }], ports: tcp(9093) }),
        "spec.ingress[0] opens 9093 to others than brokers",
      ],
      [
        changed(ALERTMANAGER_POLICY, ["spec", "podSelector"], {}),
        "spec.ingress[0] opens 9093 to others than brokers",
      ],
      [
        changed(ALERTMANAGER_POLICY, ["spec", "ingress"], [{ ports: tcp(9093) }]),
        "spec.ingress[0] opens 9093 to everybody",
      ],
      [
        ingress({ from: [{ ...brokers, namespaceSelector: {} }], ports: tcp(9091) }),
        "spec.ingress[0] opens 9091 to others than brokers",
      ],
      [
        changed(UI_POLICY, ["spec", "egress"], [{ ports: tcp(443) }]),
        "spec.egress[0] lets pods call everybody",
      ],
    ],
    missing: [
      [
        ingress({ from: [brokers] }),
        "spec.ingress[0] opens every port; wanted the ports by number",
      ],
      [
        ingress({ from: [], ports: [{ protocol: "TCP" }] }),
        "spec.ingress[0] opens every port to everybody",
      ],
    ],
    unknown: [
      [
        ingress({ from: UNKNOWN, ports: tcp(9092) }),
        `undecidable: spec.ingress[0].from ${NOT_KNOWN} a list`,
      ],
    ],
    unrelated: [[SERVICE]],
  },
  "service-exposure": {
    good: [[SERVICE], [UI_SERVICE], [nodePort("external")], [nodePort(9094)]],
    bad: [
      [
        nodePort("controller"),
        'a NodePort leads to "controller"; wanted the external listener only',
      ],
      [
        changed(UI_SERVICE, ["spec", "type"], "LoadBalancer"),
        'a LoadBalancer leads to "http"; wanted the external listener only',
      ],
      [changed(UI_SERVICE, ["spec", "externalIPs"], ["192.0.2.1"]), "externalIPs is set"],
      [changed(UI_SERVICE, ["spec", "type"], "ExternalName"), "the type is ExternalName"],
    ],
    missing: [
      [changed(UI_SERVICE, ["spec", "type"], REMOVED)],
      [nodePort(), "a NodePort leads to 9092; wanted the external listener only"],
    ],
    unknown: [
      [changed(SERVICE, ["spec", "type"], UNKNOWN), `undecidable: spec.type ${NOT_KNOWN} text`],
    ],
    unrelated: [[changed(DEPLOYMENT, ["spec", "type"], "NodePort")]],
  },
  "service-sources": {
    good: [[SERVICE], [UI_SERVICE]],
    bad: [
      [
        changed(SERVICE, ["spec", "loadBalancerSourceRanges"], ["0.0.0.0/0"]),
        "loadBalancerSourceRanges is missing or has everybody; wanted ranges",
      ],
    ],
    missing: [
      [
        changed(SERVICE, ["spec", "loadBalancerSourceRanges"], REMOVED),
        "loadBalancerSourceRanges is missing or has everybody; wanted ranges",
      ],
    ],
    unknown: [
      [
        changed(SERVICE, ["spec", "loadBalancerSourceRanges"], UNKNOWN),
        `undecidable: spec.loadBalancerSourceRanges ${NOT_KNOWN} a list`,
      ],
    ],
    unrelated: [[changed(DEPLOYMENT, ["spec", "type"], "LoadBalancer")]],
  },
};
