/** critical calls somebody, warning is a ticket for working hours, info is only shown. */
export type Severity = "critical" | "warning" | "info";

/** What of a stack decides which alerts make sense on it, and their figures. */
export interface WatchedCluster {
  /** The label `cluster` of every series. */
  readonly cluster: string;
  readonly brokers: number;
  /** Controllers that vote. */
  readonly voters: number;
  /** Times, in seconds, after which topics of the cluster count as quiet. */
  readonly quietAfter: readonly number[];
  /** Whether it has an exporter beside the brokers. */
  readonly exporter: boolean;
}

/** One condition of a kind of alert. */
export interface AlertCondition {
  readonly severity: Severity;
  /** PromQL. Whatever it yields is an alert; its labels are the alert's. */
  readonly expr: string | ((cluster: WatchedCluster) => string);
  /** What tells it from the other conditions of its kind. @default severity does */
  readonly labels?: Readonly<Record<string, string>>;
  /** How long it has to hold: longer than any planned work makes it hold. @default at once */
  readonly for?: string;
  /** What holds, with figures: a template of Prometheus. */
  readonly description: string;
  /** Where it makes sense. @default everywhere */
  readonly where?: (cluster: WatchedCluster) => boolean;
}

/** Something that goes wrong, and that has one page in docs/runbooks. */
export interface AlertKind {
  readonly name: string;
  /** What is wrong, in a few words. */
  readonly summary: string;
  /** Who is hurt, and how. */
  readonly impact: string;
  /** The one command that shows more: a template of Prometheus. */
  readonly command: string | ((commands: OperatorCommands) => string);
  /**
   * Whose alert it is: the platform's, or that of the owner whom the expression itself names in the label
   * `owner`. @default the platform
   */
  readonly owner?: "named by the expression";
  readonly conditions:
    readonly AlertCondition[] | ((cluster: WatchedCluster) => readonly AlertCondition[]);
}

/** Command lines that differ by where the brokers run. `broker` is a broker's number, or a template of it. */
export interface OperatorCommands {
  readonly stack: string;
  readonly brokers: string;
  readonly logs: (broker: string) => string;
  readonly disk: (broker: string) => string;
  /** Log of a program beside the brokers. */
  readonly beside: (program: "exporter" | "prometheus" | "alertmanager") => string;
}

/** `sum` of nothing is nothing, and nothing is never below a number: this is 0 instead. */
export const orZero = (expr: string, { cluster }: WatchedCluster): string =>
  `(${expr} or label_replace(vector(0), "cluster", "${cluster}", "", ""))`;

export const severalBrokers = ({ brokers }: WatchedCluster): boolean => brokers > 1;

/** What a quorum needs to decide anything. */
export const majority = ({ voters }: Pick<WatchedCluster, "voters">): number =>
  Math.floor(voters / 2) + 1;
