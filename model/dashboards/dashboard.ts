/** A dashboard as data: what is shown, not how Grafana writes it down. */
export interface Dashboard {
  /** Identity in Grafana, part of its address: letters, digits and dashes, at most 40. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly Row[];
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface Panel {
  readonly title: string;
  /** What is seen here, and from which value on somebody should act. */
  readonly description: string;
  /** Lines over time, one number, or one row for each series as it is now. */
  readonly shape: "lines" | "number" | "table";
  /** Unit of the values, in Grafana's words. */
  readonly unit: Unit;
  readonly queries: readonly Query[];
  /** From which values on a number is yellow, and red. @default no colours */
  readonly limits?: Limits;
  /** Of the 24 columns of a row. @default 12 for lines and tables, 4 for numbers */
  readonly span?: number;
  /** Labels that a table shows, and what their columns are called. @default all of them */
  readonly columns?: Readonly<Record<string, string>>;
}

export interface Query {
  /** PromQL. `$cluster` is the cluster that was picked, `$__rate_interval` what suits the range shown. */
  readonly expr: string;
  /** Name of each line, with `{{label}}`. */
  readonly legend: string;
}

export interface Limits {
  readonly warning: number;
  readonly critical: number;
  /** Whether small values are the bad ones. @default false */
  readonly lowIsBad?: boolean;
}

/** Units of Grafana that are used here. */
export type Unit =
  | "short"
  | "none"
  | "percentunit"
  | "bytes"
  | "Bps"
  | "s"
  | "ms"
  | "cps"
  | "reqps"
  | "dateTimeAsIso"
  | "bool_yes_no";
