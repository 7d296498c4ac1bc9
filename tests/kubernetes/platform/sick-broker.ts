/** What clients notice when a broker is sick. */
import { expect, it } from "vitest";
import { confluent } from "../../support/kafka/confluent-client.ts";
import { freeze, servingBrokers, waitForReadiness } from "../support/brokers.ts";
import { BROKERS, stack, TOPIC } from "./stack.ts";

const spread = async () =>
  confluent({ action: "spread", config: await stack.as("shop-backend"), topic: TOPIC });

export function sickBroker(): void {
  it("serves clients by two brokers while the third is sick, each pod says which one, and all is read", async () => {
    const leaders = (await spread()).leaders ?? [];
    expect([...new Set(leaders)].toSorted()).toEqual(stack.addresses);

    const { thaw } = await freeze(stack, "kafka-2");
    try {
      await waitForReadiness(stack, false, ["kafka-0", "kafka-1"]);
      for (const broker of [0, 1]) {
        const probe = stack.inBroker(broker, "/opt/kafka-platform/readiness.sh");
        await expect(probe).rejects.toThrow("exit code 1");
        const said = await stack.inBroker(broker, "/opt/kafka-platform/readiness.sh; true");
        expect(said).toContain("kafka-2: its exporter does not answer");
      }
      const left = (await spread()).leaders ?? [];
      expect(left).toHaveLength(leaders.length);
      expect([...new Set(left)].toSorted()).toEqual(stack.addresses.slice(0, 2));
    } finally {
      thaw();
    }
    await waitForReadiness(stack, true, BROKERS);
    expect(await servingBrokers(stack)).toEqual(BROKERS);
    const marks = leaders.map((_, partition) => `partition ${String(partition)}`);
    const { values } = await confluent({
      ...{ action: "consume", config: await stack.as("spark-streaming") },
      ...{ topic: TOPIC, group: "spark-streaming", count: 2 * marks.length },
    });
    expect(values?.toSorted()).toEqual([...marks, ...marks].toSorted());
  });
}
