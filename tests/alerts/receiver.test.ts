import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { Receiver } from "./receiver.ts";

let receiver: Receiver;

beforeAll(async () => {
  receiver = await Receiver.start("127.0.0.1");
});
beforeEach(() => {
  receiver.told.length = 0;
  receiver.refused.clear();
});
afterAll(() => receiver.stop());

const alert = (alertname: string, status: string) => ({
  ...{ status, labels: { alertname }, fingerprint: alertname, annotations: {} },
});
const send = async (path: string, body: string): Promise<number> =>
  (await fetch(new URL(path, receiver.url("calls")), { method: "POST", body })).status;

it("keeps every alert of a message, with its way and when it came", async () => {
  const began = Date.now();
  const alerts = [alert("KafkaBrokerDown", "firing"), alert("KafkaUnderMinIsr", "resolved")];
  expect(await send("/calls", JSON.stringify({ status: "firing", alerts }))).toBe(200);
  expect(receiver.told.map(({ way, status, fingerprint }) => [way, status, fingerprint])).toEqual([
    ["calls", "firing", "KafkaBrokerDown"],
    ["calls", "resolved", "KafkaUnderMinIsr"],
  ]);
  for (const { at } of receiver.told) expect(at).toBeGreaterThanOrEqual(began);
});

it("takes nothing by a way that is out of order, and the same by the others", async () => {
  receiver.refused.add("watchdog");
  const body = JSON.stringify({ alerts: [alert("Watchdog", "firing")] });
  expect(await send("/watchdog", body)).toBe(503);
  expect(await send("/tickets", body)).toBe(200);
  expect(receiver.told.map(({ way }) => way)).toEqual(["tickets"]);
});

it("takes no message that it cannot read, and none by a way that there is not", async () => {
  expect(await send("/calls", "not JSON")).toBe(400);
  expect(await send("/elsewhere", JSON.stringify({ alerts: [] }))).toBe(503);
  expect(receiver.told).toEqual([]);
});
