import { expect, test } from "vitest";
import { replicasHeld } from "../../guards/broker-health.ts";
import { scaleDownRefusal } from "../../guards/scale-down.ts";

const command = (brokers: readonly number[]) => `move ${brokers.join(",")}`;

test("a broker without replicas may leave, and so may nobody", () => {
  expect(scaleDownRefusal([{ number: 3, replicas: 0 }], command)).toBeUndefined();
  expect(scaleDownRefusal([], command)).toBeUndefined();
});

test("one that holds replicas, or does not say, may not; the command names those alone", () => {
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

test("what it holds is the broker's own gauge of leaders and followers", () => {
  const metrics = "kafka_server_replicamanager_partitioncount 12.0\n";
  expect(replicasHeld(metrics)).toBe(12);
  expect(replicasHeld("")).toBeUndefined();
  expect(replicasHeld(undefined)).toBeUndefined();
});
