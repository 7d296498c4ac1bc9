import { DATA_MOUNT } from "../broker/broker-properties.ts";
import type { OperatorCommands } from "./alert-kind.ts";

/** Where brokers, and the programs beside them, run. `name` is the prefix of the names of them all. */
export type BrokersRun =
  | { readonly kind: "docker"; readonly name: string }
  | { readonly kind: "kubernetes"; readonly name: string; readonly namespace: string };

/** Command lines for whoever is called, as they are typed where the brokers run. */
export function operatorCommands(run: BrokersRun, stack: string): OperatorCommands {
  const { name } = run;
  if (run.kind === "docker") {
    return {
      stack,
      brokers: "docker ps --all --filter label=kafka-platform",
      logs: () => `docker logs --tail 100 ${name}-broker`,
      disk: () => `docker exec ${name}-broker df -h ${DATA_MOUNT}`,
      beside: (program) => `docker logs --tail 100 ${name}-${program}`,
    };
  }
  const kubectl = `kubectl --namespace ${run.namespace}`;
  return {
    stack,
    brokers: `${kubectl} get pods --output wide`,
    logs: (broker) => `${kubectl} logs --tail 100 ${name}-${broker}`,
    disk: (broker) => `${kubectl} exec ${name}-${broker} -- df -h ${DATA_MOUNT}`,
    beside: (program) =>
      `${kubectl} logs --tail 100 --selector app.kubernetes.io/component=${program}`,
  };
}
