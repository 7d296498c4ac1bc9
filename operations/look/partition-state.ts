import { StartMovement } from "../../model/lag/data-loss.ts";
import { EndOffsets } from "../../model/lag/end-offsets.ts";
import type { PartitionBounds } from "../../model/lag/position.ts";
import type { FoundRecord } from "../../model/lag/record-age.ts";

/** What is known of one partition, and was in the past. */
export class PartitionState {
  /** Id of the broker that leads, -1 when there is none. */
  leader = -1;
  replicas: readonly number[] = [];
  inSync: readonly number[] = [];
  readonly ends = new EndOffsets();
  readonly start = new StartMovement();
  /** What was read at positions of groups, by offset, and when. */
  readonly found = new Map<number, FoundRecord & { readonly at: number }>();
  #oldest: number | undefined;
  /** It was added to a topic that was there before: whoever reads the topic has read none of it. */
  readonly added: boolean;

  constructor(added: boolean) {
    this.added = added;
  }

  /** Undefined until both were asked for. */
  get bounds(): PartitionBounds | undefined {
    const end = this.ends.end;
    if (this.#oldest === undefined || end === undefined) return undefined;
    // Asked for at different times: what retention removed in between does not make a negative length.
    return { oldest: Math.min(this.#oldest, end), end };
  }

  noteOldest(oldest: number, at: number): void {
    this.#oldest = oldest;
    this.start.note(oldest, at);
  }
}

export interface TopicState {
  /** Another one after the topic was deleted and made anew. */
  readonly id: string;
  readonly internal: boolean;
  readonly partitions: PartitionState[];
}
