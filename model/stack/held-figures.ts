/**
 * What Prometheus and Alertmanager keep is on volumes too, beside those of the brokers. No record is lost with it, so
 * whoever counts brokers, or guards records, has to tell the two apart.
 */

/** Marks a volume of Docker that holds figures and no records. */
export const FIGURES_LABEL = { label: "kafka-platform.holds", value: "figures" } as const;

const COMPONENT = "app.kubernetes.io/component";
const COMPONENTS: readonly unknown[] = ["prometheus", "alertmanager"];

/** Whether the inputs of a volume, or of what has one, are of a program that watches. In doubt it is a broker's. */
export function holdsFigures(inputs: unknown): boolean {
  const { labels, metadata } = (inputs ?? {}) as {
    readonly labels?: unknown;
    readonly metadata?: { readonly labels?: Readonly<Record<string, unknown>> };
  };
  if (Array.isArray(labels)) {
    const given = labels as readonly Readonly<Record<string, unknown>>[];
    return given.some(
      ({ label, value }) => label === FIGURES_LABEL.label && value === FIGURES_LABEL.value,
    );
  }
  return COMPONENTS.includes(metadata?.labels?.[COMPONENT]);
}
