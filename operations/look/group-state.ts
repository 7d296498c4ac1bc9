import { overtaken, type PartitionBounds } from "../../model/lag/position.ts";
import { Progress } from "../../model/lag/progress.ts";
import type { GroupType } from "../../clients/kafka/observation/groups.ts";

/** Where a group stands in one partition, and how it came there. */
export class PositionState {
  readonly progress = new Progress();
  committed: number;
  /** Records that were removed unread since the exporter has watched. */
  lost = 0;
  /** Looks at which it had not moved. */
  rested = 0;
  #overtakenBefore: number | undefined;

  constructor(committed: number) {
    this.committed = committed;
  }

  note(committed: number, bounds: PartitionBounds, at: number): void {
    this.rested = committed === this.committed ? this.rested + 1 : 0;
    const gone = overtaken(committed, bounds);
    if (committed !== this.committed) this.#overtakenBefore = 0;
    // What was lost before the first look is nobody's news, and after a restart would be told again.
    this.lost += Math.max(0, gone - (this.#overtakenBefore ?? gone));
    this.#overtakenBefore = gone;
    this.committed = committed;
    this.progress.note(committed, bounds.end, at);
  }
}

export class GroupState {
  type: GroupType = "classic";
  state = "";
  coordinator = -1;
  /** Undefined until its coordinator was asked. */
  members: number | undefined;
  rebalances = 0;
  #generation: string | undefined;
  /** By topic, then partition. */
  readonly topics = new Map<string, Map<number, PositionState>>();

  noteMembers(members: number, generation: string): void {
    if (this.#generation !== undefined && this.#generation !== generation) this.rebalances += 1;
    this.#generation = generation;
    this.members = members;
  }
}
