import type { Assignment, OngoingReassignment } from "../../clients/kafka/reassignments.ts";

/** Where partitions will be once the moves under way are done: a plan begins there. Pure. */
export function settled(
  partitions: readonly Assignment[],
  ongoing: readonly OngoingReassignment[],
): Assignment[] {
  const leaving = new Map(
    ongoing.map(({ topic, partition, removing }) => [`${topic}/${String(partition)}`, removing]),
  );
  return partitions.map((one) => {
    const removing = leaving.get(`${one.topic}/${String(one.partition)}`) ?? [];
    return { ...one, replicas: one.replicas.filter((id) => !removing.includes(id)) };
  });
}
