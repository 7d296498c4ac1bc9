/** What became of one alert after its fault. */
export interface Measured {
  /** Name of the fault. */
  readonly fault: string;
  readonly alert: string;
  /** What went wrong. */
  readonly what: string;
  /** Somebody had to be called; or nobody, because another alert has called or because it cannot be told. */
  readonly kind: "called" | "held back" | "shown";
  /** Seconds from the fault to the message, or to where it fires; undefined: it did not. */
  readonly after?: number | undefined;
  /** The most that `after` may be. */
  readonly within: number;
  /** Names of the alerts that hold it back. */
  readonly by?: readonly string[];
  /** Seconds from the end of the fault to the message that says so; undefined: none came, or none had to. */
  resolved?: number;
  /** The most that `resolved` may be; undefined: nothing was told that could be over. */
  resolvedWithin?: number;
}
