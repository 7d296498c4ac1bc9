/** What Prometheus and Alertmanager of the stack say of alerts at this moment. */
import type { PlatformStack } from "../kubernetes/support/platform-stack.ts";
import { seriesOf } from "../kubernetes/support/prometheus.ts";

export type Labels = Readonly<Record<string, string>>;

/** Labels of what fires. */
export const firing = (stack: PlatformStack): Promise<readonly Labels[]> =>
  seriesOf(stack, 'ALERTS{alertstate="firing",severity="critical"}');

interface Seen {
  readonly labels: Labels;
  readonly status: { readonly inhibitedBy: readonly string[] };
  readonly fingerprint: string;
}

/** What Alertmanager tells nobody of because another alert fires: its labels, and the names of those others. */
export async function heldBack(
  stack: PlatformStack,
): Promise<{ readonly labels: Labels; readonly by: readonly string[] }[]> {
  const service = `/api/v1/namespaces/${stack.namespace}/services/kafka-alertmanager:http`;
  const answer = await stack.kubectl("get", "--raw", `${service}/proxy/api/v2/alerts`);
  const alerts = JSON.parse(answer) as readonly Seen[];
  const names = new Map(
    alerts.map(({ fingerprint, labels }) => [fingerprint, labels["alertname"]]),
  );
  return alerts
    .filter(({ status }) => status.inhibitedBy.length > 0)
    .map(({ labels, status }) => ({
      labels,
      by: status.inhibitedBy.flatMap((fingerprint) => names.get(fingerprint) ?? []),
    }));
}
