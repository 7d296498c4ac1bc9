/** Events, in one form. */
import type { KubernetesObject } from "./objects.ts";

/** What happened to an object, in the words of the component that reports it. */
export interface ObjectEvent {
  /** One event and its repetitions. */
  readonly uid: string;
  readonly reason: string;
  readonly message: string;
  /** How often it happened so far. */
  readonly count: number;
  readonly lastSeen: string;
}

interface RawEvent {
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string };
  readonly lastTimestamp?: string;
  readonly eventTime?: string;
}

/** From an object of kind Event, in either of the two forms components write. */
export function toEvent(object: KubernetesObject): ObjectEvent {
  const {
    reason = "",
    message = "",
    count,
    series,
    lastTimestamp,
    eventTime,
  } = object as RawEvent & KubernetesObject;
  return {
    uid: object.metadata.uid ?? object.metadata.name,
    reason,
    message: message.trim(),
    count: series?.count ?? count ?? 1,
    lastSeen: series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? "",
  };
}
