/** A broker that is about to leave, and how many replicas it still has; undefined: it does not say. */
export interface LeavingBroker {
  readonly number: number;
  readonly replicas: number | undefined;
}

/**
 * Why brokers may not leave yet; undefined when they may. A StatefulSet takes a pod away whatever it
 * holds, and a replica that is gone is neither moved nor missed by Kafka: its partitions stay
 * under-replicated for ever. Pure.
 *
 * @param command what moves the replicas of these brokers
 */
export function scaleDownRefusal(
  leaving: readonly LeavingBroker[],
  command: (brokers: readonly number[]) => string,
): string | undefined {
  const holding = leaving.filter(({ replicas }) => replicas !== 0);
  if (holding.length === 0) return undefined;
  const findings = holding.map(({ number, replicas }) =>
    replicas === undefined
      ? `broker ${number} does not say what it holds`
      : `broker ${number} still holds ${replicas} replicas`,
  );
  const first = command(holding.map(({ number }) => number));
  return `The brokers do not leave: ${findings.join("; ")}. Move them first, then repeat: ${first}`;
}
