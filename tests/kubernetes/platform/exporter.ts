import { expect, it } from "vitest";
import { confluent } from "../../support/kafka/confluent-client.ts";
import { exporterPage } from "../support/exporter-page.ts";
import { seriesOf, valueOf } from "../support/prometheus.ts";
import { stack, TOPIC } from "./stack.ts";

/** After a cycle of the exporter and a scrape, 15 seconds each, on a busy machine. */
const SEEN = { timeout: 60_000, interval: 2_000 };
const GROUP = "spark-streaming";

/** What the exporter says of the brokers and of the client that has just read. */
export function exporter(): void {
  it("is scraped under the name that rules ask for", async () => {
    const up = () => seriesOf(stack, 'up{job="kafka-exporter"} == 1');
    await expect.poll(up, SEEN).toEqual([expect.objectContaining({ cluster: "kafka" })]);
  });

  it("knows that a group which has read everything is not behind, and by how much once it is", async () => {
    const lag = () =>
      valueOf(stack, `sum(kafka_consumergroup_lag{consumergroup="${GROUP}",topic="${TOPIC}"})`);
    await expect.poll(lag, SEEN).toBe(0);
    const producer = { config: await stack.as("shop-backend"), topic: TOPIC } as const;
    const records = ["one", "two", "three"];
    await confluent({ action: "produce", ...producer, records });
    await expect.poll(lag, SEEN).toBe(records.length);
    // Whoever reads next finds none but its own.
    const config = await stack.as(GROUP);
    const read = { action: "consume", topic: TOPIC, group: GROUP, count: records.length } as const;
    expect((await confluent({ ...read, config })).values?.toSorted()).toEqual(records.toSorted());
  });

  it("has each broker answer its canary", async () => {
    const answering = async () =>
      (await seriesOf(stack, "kafka_canary_up == 1")).map(({ broker }) => broker).toSorted();
    await expect.poll(answering, SEEN).toEqual(["0", "1", "2"]);
  });

  it("shows its page to whoever has its password, and to nobody else", async () => {
    const { exporter: access } = (await stack.outputs()).observability ?? {};
    if (!access) throw new Error("the outputs have no exporter");
    expect(access.url).toBe(`http://kafka-exporter.${stack.namespace}.svc.cluster.local:9308`);
    await exporterPage(stack, async (page) => {
      expect(await page()).toMatchObject({ status: 401 });
      expect(await page({ ...access, password: "wrong" })).toMatchObject({ status: 401 });
      const shown = await page(access);
      expect(shown.status).toBe(200);
      expect(shown.text).toContain(TOPIC);
    });
  });
}
