import type { ClusterUnderTest } from "../faults/cluster.ts";
import type { Receiver } from "./receiver.ts";

/** What is harmed, and who is told of it. */
export interface Harmed {
  readonly cluster: ClusterUnderTest;
  readonly receiver: Receiver;
}

/** An alert by its name and, where it has more than one critical condition, by what tells them apart. */
export interface Awaited {
  readonly alert: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Labels of what it is about, which its series bring. */
  readonly of?: Readonly<Record<string, string>>;
}

/** Something that goes wrong, after which alerts are waited for. */
export interface Stage {
  /** What goes wrong, for the table. */
  readonly what: string;
  /** Does it. @returns when it went wrong, in milliseconds of the epoch */
  readonly cause: (harmed: Harmed) => Promise<number>;
  /** Whether it also ends what the stages before it have done. */
  readonly endsTheOthers?: true;
  /** Alerts that somebody is called for. */
  readonly called: readonly Awaited[];
  /** Alerts that fire, and call nobody because an alert of the same cause has called already. */
  readonly heldBack?: readonly Awaited[];
  /** Alerts that fire where nobody can be told: they are only shown. */
  readonly shown?: readonly Awaited[];
}

export interface Fault {
  /** As it is called on the command line. */
  readonly name: string;
  readonly title: string;
  /** Makes what it needs while all is well. */
  readonly prepare?: (harmed: Harmed) => Promise<void>;
  /** One after the other; what went wrong before goes on. */
  readonly stages: readonly Stage[];
  /** Alerts that may call besides: a Prometheus that has just begun judges shares of an hour by minutes. */
  readonly mayCall?: readonly Awaited[];
  /** Ends all of it. */
  readonly undo: (harmed: Harmed) => Promise<void>;
}
