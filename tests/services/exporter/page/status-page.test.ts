import type { AddressInfo } from "node:net";
import { createServer } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { exporterConfigSchema } from "../../../../model/observability/exporter-config.ts";
import { ClusterState } from "../../../../operations/look/cluster-state.ts";
import { clusterViewOf } from "../../../../operations/look/cluster-view-of.ts";
import { statusPages } from "../../../../services/exporter/page/status-page.ts";
import { serve } from "../../../../services/exporter/server.ts";

const NOW = Date.parse("2026-11-30T12:00:00Z");
const SECOND = 1000;
const LOGIN = { username: "admin", password: "a:b ü" };

const configWith = (own: object) =>
  exporterConfigSchema.parse({
    ...{ cluster: "shop", bootstrapServers: ["kafka:9092"] },
    login: { username: "x", mechanism: "SCRAM-SHA-512", passwordFile: "/p" },
    declared: {
      topics: [{ name: "orders", owner: "shop", minInsyncReplicas: 2 }],
      groups: [{ group: "billing", topic: "orders", owner: "shop", lagBudgetSeconds: 60 }],
    },
    ...own,
  });

/** Two brokers, one of them away; a topic that took ten records a second; a group that stands still. */
function someState(): ClusterState {
  const state = new ClusterState();
  state.brokers.set(10, { address: "kafka-10:9092", up: false });
  state.brokers.set(2, { address: "kafka-2:9092", up: true });
  const inSync = [2];
  const partitions = [{ partition: 0, leader: 2, replicas: [2, 10], inSync }];
  state.noteLayout([{ name: "orders", id: "1", internal: false, partitions }]);
  for (let ago = 120; ago >= 0; ago -= 2) {
    const at = NOW - ago * SECOND;
    const where = { topic: "orders", partition: 0, at };
    state.noteEnds([{ ...where, offset: 10_000 - ago * 10 }]);
    state.noteOldest([{ ...where, offset: 0 }]);
  }
  state.noteGroups([{ group: "billing", type: "consumer", state: "Empty", coordinator: 2 }], true);
  const position = { group: "billing", topic: "orders", partition: 0, offset: 9_000 };
  state.notePositions([position], new Set(["billing"]), NOW);
  state.directories.set(2, [
    {
      ...{ broker: 2, directory: "/d", totalBytes: 100, usableBytes: 25 },
      topics: new Map([["orders", 7]]),
    },
  ]);
  for (const part of state.parts.values()) {
    Object.assign(part, { success: true, lastSuccess: NOW / SECOND });
  }
  return state;
}

describe("what the page is told of the cluster", () => {
  const view = clusterViewOf(someState(), configWith({}), undefined, NOW);

  it("has brokers in order of their numbers, with the disks that are known", () => {
    expect(view.brokers).toEqual([
      {
        ...{ id: 2, address: "kafka-2:9092", up: true },
        disk: { usedBytes: 75, totalBytes: 100 },
      },
      { id: 10, address: "kafka-10:9092", up: false, disk: undefined },
    ]);
  });

  it("has the rates of a topic as far back as its ends were looked at", () => {
    const [orders] = view.topics;
    expect(orders).toMatchObject({ owner: "shop", underReplicated: 1, belowMinIsr: 1, bytes: 7 });
    expect(orders?.rates.length).toBe(4);
    for (const rate of orders?.rates ?? []) expect(rate).toBeCloseTo(10, 0);
  });

  it("has the lag of a group with its budget, and its members only when they are known", () => {
    expect(view.groups).toMatchObject([
      { group: "billing", lag: 1000, lagBudgetSeconds: 60, state: "Empty", members: undefined },
    ]);
    expect(view.groups[0]?.lagSeconds).toBeCloseTo(100, -1);
  });

  it("says of every part whether it was seen", () => {
    const state = someState();
    Object.assign(state.parts.get("groups") ?? {}, { success: false, denied: true });
    Object.assign(state.parts.get("offsets") ?? {}, { success: false });
    const { parts } = clusterViewOf(state, configWith({}), undefined, NOW);
    const results = Object.fromEntries(parts.map(({ part, result }) => [part, result]));
    expect(results).toMatchObject({ cluster: "seen", groups: "denied", offsets: "failed" });
  });
});

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function listening(server: ReturnType<typeof createServer>): Promise<string> {
  closing.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

async function pageAs(login: string | undefined, own: object = {}, path = "/") {
  const other = statusPages({ config: configWith(own), state: someState, login: LOGIN });
  const url = await listening(serve({ metrics: () => [], notReady: () => undefined, other }));
  const authorization = login && `Basic ${Buffer.from(login).toString("base64")}`;
  const answer = await fetch(url + path, { headers: authorization ? { authorization } : {} });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

describe("who asks for the page", () => {
  it("sees it with the right name and password, whatever letters are in it", async () => {
    const { status, headers, text } = await pageAs("admin:a:b ü");
    expect([status, text.includes("can be read, but not written")]).toEqual([200, true]);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it("is asked to log in otherwise, and learns nothing", async () => {
    for (const login of [undefined, "admin:", "admin:wrong", "root:a:b ü", ""]) {
      const { status, headers, text } = await pageAs(login);
      expect([status, headers.get("www-authenticate")?.startsWith("Basic")]).toEqual([401, true]);
      expect(text).not.toContain("orders");
    }
  });

  it("is told of alerts by Alertmanager, and that it does not answer", async () => {
    const alert = {
      labels: { alertname: "UnderMinIsr", severity: "critical", owner: "platform" },
      annotations: { description: "One partition.", runbook_url: "https://example.org/r" },
      startsAt: "2026-11-30T11:00:00.123+00:00",
    };
    const watchdog = { ...alert, labels: { alertname: "Watchdog" } };
    const alertmanagerUrl = await listening(
      createServer((_, response) => response.end(JSON.stringify([alert, watchdog]))),
    );
    const { text } = await pageAs("admin:a:b ü", { alertmanagerUrl });
    expect(text).toContain('<a href="https://example.org/r">UnderMinIsr</a>');
    expect(text).not.toContain("Watchdog");
    const gone = await pageAs("admin:a:b ü", { alertmanagerUrl: "http://127.0.0.1:1" });
    expect(gone.text).toContain("Not known: Alertmanager at http://127.0.0.1:1");
  });

  it("finds nothing at other paths", async () => {
    expect((await pageAs("admin:a:b ü", {}, "/other")).status).toBe(404);
  });
});
