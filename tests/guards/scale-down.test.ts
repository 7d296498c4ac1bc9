import { expect, test } from "vitest";
import { replicasHeld } from "../../guards/broker-health.ts";
import { scaleDownRefusal } from "../../guards/scale-down.ts";

const command = (brokers: readonly number[]) => `move ${brokers.join(",")}`;

test("a broker without replicas may leave", () => {
  expect(scaleDownRefusal([{ number: 3, replicas: 0 }], command)).toBeUndefined();
  expect(scaleDownRefusal([], command)).toBeUndefined();
});

test("a broker that holds replicas, or does not say, may not leave; the command names only those", () => {
  const leaving = [
    { number: 3, replicas: 0 },
    { number: 4, replicas: 12 },
    { number: 5, replicas: undefined },
  ];
  expect(scaleDownRefusal(leaving, command)).toBe(
    "The brokers do not leave: broker 4 still holds 12 replicas; broker 5 does not say what it " +
      "holds. Move them first, then repeat: move 4,5",
  );
});

test("the replicas of a broker come from its own gauge of leaders and followers", () => {
  const metrics = "kafka_server_replicamanager_partitioncount 12.0\n";
  expect(replicasHeld(metrics)).toBe(12);
  expect(replicasHeld("")).toBeUndefined();
  expect(replicasHeld(undefined)).toBeUndefined();
});
