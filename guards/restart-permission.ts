import type { BrokerHealth } from "./broker-health.ts";

/** What becomes of an update that restarts the brokers one by one. */
export type RestartPermission =
  | { readonly allowed: true; readonly note?: string }
  | {
      readonly allowed: false;
      readonly reason: string;
      /** The one pod that is sick: restarted alone, it finds its new configuration in place. */
      readonly cure?: string;
    };

/**
 * May the brokers be restarted one by one now? A StatefulSet takes the highest pod first, without
 * looking whether another is down, so one sick broker and one restarting can be the majority.
 *
 * Allowed while everything is well; when only the pod that goes first is sick, because then the roll
 * is its cure and stops at it until it is well; and when there is no majority left to protect.
 *
 * @param brokers every broker of the cluster, in the order of their pods
 * @param kubectl `kubectl` with the context and the namespace, for the command that helps
 */
export function restartPermission(
  brokers: readonly BrokerHealth[],
  kubectl: string,
): RestartPermission {
  const sick = brokers.filter((broker) => complaint(broker, brokers) !== undefined);
  const first = brokers.at(-1);
  const behind = brokers.reduce((sum, broker) => sum + broker.underReplicated, 0);
  const findings = sick.map((broker) => `${broker.pod} ${complaint(broker, brokers) ?? ""}`);

  if (sick.length === 0 && behind === 0) return { allowed: true };
  if (sick.length === 1 && sick[0] === first) {
    return { allowed: true, note: `${findings.join("; ")}: the roll begins with it.` };
  }
  if (sick.length * 2 > brokers.length) {
    const restart = `${kubectl} delete pod ${sick.map(({ pod }) => pod).join(" ")}`;
    return {
      allowed: true,
      note: `${findings.join("; ")}: there is no majority to protect. Should the roll stand still: ${restart}`,
    };
  }
  const [worst] = sick;
  if (worst === undefined) {
    return refused(
      [`${behind} partitions are under-replicated`],
      "Wait until they are in sync again, then repeat. Which they are: " +
        `${kubectl} get pods (a broker's readiness says it)`,
    );
  }
  if (worst.recovering) {
    return refused(findings, "Wait until it has recovered its log, then repeat.");
  }
  const remedy = `See why, mend it, and repeat: ${kubectl} logs ${worst.pod}`;
  return { ...refused(findings, remedy), ...(sick.length === 1 ? { cure: worst.pod } : {}) };
}

const refused = (findings: readonly string[], remedy: string) => ({
  allowed: false as const,
  reason: `the cluster is degraded, and the next restart could stop writes: ${findings.join("; ")}. ${remedy}`,
});

/** A broker that cannot replicate looks well to itself; but it leads nothing, and the others lack it. */
function complaint(broker: BrokerHealth, all: readonly BrokerHealth[]): string | undefined {
  if (broker.sick !== undefined) return broker.sick;
  const others = all.filter((other) => other !== broker);
  return broker.leaders === 0 && others.some(({ underReplicated }) => underReplicated > 0)
    ? "leads nothing while others lack replicas in sync"
    : undefined;
}
