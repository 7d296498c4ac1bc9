import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import {
  complaintOf,
  pending,
  type Scraping,
  verifyObservability,
} from "../../../cli/stack/verify-observability.ts";

const target = (job: string, health: "up" | "down" | "unknown", lastError = "") => ({
  labels: { job },
  scrapeUrl: `http://${job}:9404/metrics`,
  health,
  lastError,
});
const rule = (name: string, health: string, lastError?: string) => ({
  name,
  health,
  ...(lastError !== undefined && { lastError }),
});
const well: Scraping = { targets: [target("kafka", "up")], rules: [rule("BrokersMissing", "ok")] };

test("where everything is scraped and evaluated, nothing is said", () => {
  expect(complaintOf(well)).toBeUndefined();
  expect(pending(well)).toBeUndefined();
});

test("a target that is not reached is named, with Prometheus' reason", () => {
  const scraping = { ...well, targets: [target("kafka", "down", "connection refused")] };
  expect(complaintOf(scraping)).toBe(
    "it does not reach kafka at http://kafka:9404/metrics: connection refused",
  );
});

test("a rule that cannot be evaluated is named, with Prometheus' reason", () => {
  const scraping = { ...well, rules: [rule("LagHigh", "err", "many-to-many matching")] };
  expect(complaintOf(scraping)).toBe("it cannot evaluate the rule LagHigh: many-to-many matching");
});

test("what has not been looked at yet is waited for, and is no complaint", () => {
  const unscraped = { ...well, targets: [target("kafka", "unknown")] };
  expect(pending(unscraped)).toContain("kafka has not been scraped yet");
  expect(complaintOf(unscraped)).toBeUndefined();
});

test("a rule that has yet to be evaluated keeps nobody waiting", () => {
  const unevaluated = { ...well, rules: [rule("LagHigh", "unknown")] };
  expect(pending(unevaluated)).toBeUndefined();
});

test("a Prometheus that has nothing to scrape is not well", () => {
  expect(complaintOf({ targets: [], rules: [] })).toBe("it has nothing to scrape.");
});

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** A server that answers as given: by path, the bodies in turn, the last one from then on. */
async function answering(answers: Readonly<Record<string, readonly string[]>>): Promise<string> {
  const asked = new Map<string, number>();
  server = createServer((request, response) => {
    const path = (request.url ?? "").replace(/\?.*/, "");
    const turn = asked.get(path) ?? 0;
    asked.set(path, turn + 1);
    const bodies = answers[path];
    response.statusCode = bodies === undefined ? 404 : 200;
    response.end(bodies?.[Math.min(turn, bodies.length - 1)]);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const targetsBody = (...activeTargets: object[]) => JSON.stringify({ data: { activeTargets } });
const rulesBody = JSON.stringify({ data: { groups: [{ rules: [rule("A", "ok")] }] } });
const only = (prometheusUrl: string) => ({ prometheusUrl, alertmanagerUrl: null, grafana: null });

test("a first scrape is waited for", async () => {
  const url = await answering({
    "/-/ready": [""],
    "/api/v1/targets": [
      targetsBody(target("kafka", "unknown")),
      targetsBody(target("kafka", "up")),
    ],
    "/api/v1/rules": [rulesBody],
  });
  const said: string[] = [];
  await verifyObservability(only(url), (text) => said.push(text));
  expect(said).toEqual(["kafka has not been scraped yet (http://kafka:9404/metrics)"]);
});

test.each(["{}", "<html>"])(
  "another program on Prometheus' port, answering %s, is told apart",
  async (body) => {
    const url = await answering({
      "/-/ready": [""],
      "/api/v1/targets": [body],
      "/api/v1/rules": [body],
    });
    await expect(verifyObservability(only(url), () => undefined)).rejects.toThrow(
      `What answers at ${url}/api/v1/targets?state=active is no Prometheus`,
    );
  },
);
