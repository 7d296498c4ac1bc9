import type { Fields } from "../fields.ts";
import { SHARED, EVERYWHERE, PRODUCTION, type ResourceRule, show, when } from "../rule.ts";
import { SERVERS, WORKLOADS } from "../types.ts";
import { STATEFUL_SET } from "../../model/stack/resource-types.ts";
import { containerName, containersOf, podOf, selects, isBrokerSet } from "../workloads.ts";

const LEAST_GRACE_SECONDS = 120;
const HOST = "kubernetes.io/hostname";

/** Rules on how pods run, what they are isolated from apart. */
export const POD_RULES: readonly ResourceRule[] = [
  {
    id: "image-digest",
    level: "mandatory",
    environments: SHARED,
    types: WORKLOADS,
    title: "Every container's image is named by digest",
    reason: "A tag may lead to another image tomorrow, and to two at once after a restart.",
    fix: "Name it by digest: for brokers `npm run image -- --push`, for the UI ui.image.",
    check: (subject) =>
      containersOf(subject).flatMap((container) => {
        const image = container.text("image");
        const fine = image !== undefined && /@sha256:[0-9a-f]{64}$/.test(image);
        return when(
          !fine,
          `${containerName(container)}: image is ${show(image)}; wanted name@sha256:…`,
        );
      }),
  },
  {
    id: "pod-resources",
    level: "mandatory",
    environments: EVERYWHERE,
    types: WORKLOADS,
    title:
      "Every container requests CPU and memory, and has a limit of memory and of scratch space",
    reason: "What requests nothing is evicted first; what has no limit takes the host's.",
    fix: "Give it requests of cpu and memory, and limits of memory and ephemeral-storage.",
    check: (subject) =>
      containersOf(subject).flatMap((container) => {
        const resources = container.in("resources");
        return (
          [
            ["requests", "cpu"],
            ["requests", "memory"],
            ["limits", "memory"],
            ["limits", "ephemeral-storage"],
          ] as const
        ).flatMap(([part, what]) =>
          when(
            resources.in(part).scalar(what) === undefined,
            `${containerName(container)}: resources.${part}.${what} is missing`,
          ),
        );
      }),
  },
  {
    id: "pod-priority",
    level: "mandatory",
    environments: PRODUCTION,
    types: [STATEFUL_SET],
    title: "Brokers have a priority class",
    reason: "Without one any other pod may push a broker off its host, and its disk stays behind.",
    fix: "Set cluster.priorityClass to a class that exists.",
    check(subject) {
      if (!isBrokerSet(subject)) return [];
      const given = podOf(subject).text("priorityClassName");
      return when((given ?? "") === "", "priorityClassName is missing");
    },
  },
  {
    id: "pod-probes",
    level: "mandatory",
    environments: EVERYWHERE,
    types: SERVERS,
    title:
      "Containers say when they have started, are ready and are alive, and these are not the same",
    reason:
      "A liveness probe that asks what readiness asks restarts every broker as soon as one is sick; " +
      "without a startup probe it kills a broker that recovers its logs.",
    fix: "Give startup, readiness and liveness a probe each.",
    check: (subject) =>
      podOf(subject)
        .list("containers")
        .flatMap((container) => {
          const probe = (name: string) => JSON.stringify(actionOf(container.in(name)));
          const missing = ["startupProbe", "readinessProbe", "livenessProbe"].flatMap((name) =>
            when(!container.has(name), `${containerName(container)}: ${name} is missing`),
          );
          const same = missing.length === 0 && probe("livenessProbe") === probe("readinessProbe");
          return [
            ...missing,
            ...when(same, `${containerName(container)}: liveness asks what readiness asks`),
          ];
        }),
  },
  {
    id: "grace-period",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [STATEFUL_SET],
    title: `A broker gets at least ${LEAST_GRACE_SECONDS} seconds to stop`,
    reason: "A broker that is killed recovers all its logs at the next start.",
    fix: "Raise terminationGracePeriodSeconds.",
    check(subject) {
      const given = podOf(subject).number("terminationGracePeriodSeconds");
      const message = `terminationGracePeriodSeconds is ${show(given)}; wanted at least ${LEAST_GRACE_SECONDS}`;
      return when((given ?? 30) < LEAST_GRACE_SECONDS, message);
    },
  },
  {
    id: "pod-spread",
    level: "mandatory",
    environments: PRODUCTION,
    types: [STATEFUL_SET],
    title: "No two brokers share a host, and zones get equal shares",
    reason: "One host that fails would take two of three copies.",
    fix: 'Set cluster.spread to "required".',
    check(subject) {
      if (!isBrokerSet(subject)) return [];
      const pod = podOf(subject);
      const labels = subject.fields.in("spec", "template", "metadata").map("labels");
      const apart = pod
        .in("affinity", "podAntiAffinity")
        .list("requiredDuringSchedulingIgnoredDuringExecution")
        .some(
          (term) =>
            term.text("topologyKey") === HOST &&
            selects(term.in("labelSelector").map("matchLabels"), labels),
        );
      const zones = pod
        .list("topologySpreadConstraints")
        .some((one) => one.text("topologyKey") === "topology.kubernetes.io/zone");
      return [
        ...when(!apart, `no required podAntiAffinity by ${HOST} against the brokers themselves`),
        ...when(!zones, "no topologySpreadConstraints by topology.kubernetes.io/zone"),
      ];
    },
  },
];

const ACTIONS = ["exec", "httpGet", "tcpSocket", "grpc"] as const;

/** What a probe asks; how often is left aside. */
const actionOf = (probe: Fields) => ACTIONS.map((action) => probe.in(action).known());
