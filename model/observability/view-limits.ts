import type { BrokerView, GroupView, TopicView } from "./cluster-view.ts";

/** What of a cluster needs somebody. */

/** Below it a topic needs somebody. */
const POOR_HEALTH = 70;
/** A disk with so little left needs somebody before a log cannot grow: the default of the alert, too. */
const FULL_DISK = 0.85;
/** A controller that has been behind for so long does not count, should the leader go. */
export const BEHIND_MS = 10_000;

/** Whether a group is further behind than its budget allows. */
export const isLate = (group: GroupView): boolean => excess(group) > 1;

export const isPoor = ({ health }: TopicView): boolean =>
  health !== undefined && health < POOR_HEALTH;

/** How many budgets a group is behind; 0 where there is none, or nothing is known. */
export const excess = ({ lagSeconds = 0, lagBudgetSeconds = Infinity }: GroupView): number =>
  lagSeconds / lagBudgetSeconds;

/** How full the fullest disk of a broker is, 0 to 1; 0 where it is not known. */
export const used = ({ disk }: BrokerView): number => (disk ? disk.usedBytes / disk.totalBytes : 0);

/** Whether the disk of a broker needs somebody. */
export const isFull = (broker: BrokerView): boolean => used(broker) > FULL_DISK;
