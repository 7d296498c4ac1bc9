import { describe, expect, it } from "vitest";
import { Alertmanager, type Ask } from "../../../clients/alertmanager/alertmanager.ts";
import { judgeDeliveries, sendTestAlert } from "../../../cli/alerts/test-alert.ts";

const ALERT = {
  ...{ alertname: "UnderReplicated", severity: "warning", owner: "platform" },
  ...{ cluster: "kafka", test: "1" },
};

interface Situation {
  readonly receiver?: string;
  readonly config?: string;
  readonly state?: "active" | "suppressed" | "unprocessed";
  readonly silencedBy?: readonly string[];
  /** Messages by webhook, tried and failed, at each look. */
  readonly counts?: readonly (readonly [number, number])[];
}

const CONFIG = `receivers:
- name: nobody
- name: everybody
  webhook_configs:
  - url: <secret>
`;

/** Answers as Alertmanager does, and remembers what was posted. */
function alertmanagerIn(situation: Situation) {
  const { receiver = "everybody", config = CONFIG, state = "active" } = situation;
  const posts: { readonly endsAt: string; readonly labels: object }[] = [];
  let look = 0;
  const ask: Ask = (method, path, body) => {
    if (method === "POST") {
      posts.push(...(JSON.parse(JSON.stringify(body)) as typeof posts));
      return Promise.resolve("");
    }
    if (path === "/metrics") {
      const counts = situation.counts ?? [[0, 0]];
      const [tried, failed] = counts[Math.min(look, counts.length - 1)] ?? [0, 0];
      look += 1;
      const name = "alertmanager_notification_requests";
      return Promise.resolve(
        `# HELP x\n${name}_total{integration="webhook"} ${tried}\n` +
          `${name}_failed_total{integration="webhook"} ${failed}\n`,
      );
    }
    if (path === "/api/v2/status") {
      return Promise.resolve(JSON.stringify({ config: { original: config } }));
    }
    const status = { state, silencedBy: situation.silencedBy ?? [], inhibitedBy: [] };
    return Promise.resolve(JSON.stringify([{ receivers: [{ name: receiver }], status }]));
  };
  return { alertmanager: new Alertmanager(ask), posts };
}

const tryIn = async (situation: Situation, patienceMs = 10_000) => {
  const { alertmanager, posts } = alertmanagerIn(situation);
  const outcome = await sendTestAlert(alertmanager, ALERT, { patienceMs, pauseMs: 5 });
  return { outcome, posts };
};

describe("a test of an alert", () => {
  it("is delivered when the receiver has answered, and not when it was only sent", async () => {
    const { outcome } = await tryIn({
      counts: [
        [4, 1],
        [4, 1],
        [5, 1],
      ],
    });
    expect(outcome).toEqual({ kind: "delivered", receiver: "everybody", by: ["webhook"] });
  });

  it("has failed when the receiver refuses, whatever was delivered before", async () => {
    const { outcome } = await tryIn({
      counts: [
        [4, 0],
        [5, 1],
      ],
    });
    expect(outcome).toEqual({ kind: "failed", receiver: "everybody", by: ["webhook"] });
  });

  it("is pending, not failed, when nothing was sent in the time given", async () => {
    expect((await tryIn({ counts: [[4, 1]] }, 30)).outcome.kind).toBe("pending");
    expect((await tryIn({ state: "unprocessed" }, 30)).outcome).toEqual({
      kind: "pending",
      receiver: undefined,
    });
  });

  it("says so when the route ends at nobody, and when a silence holds it back", async () => {
    expect((await tryIn({ receiver: "nobody" })).outcome).toEqual({
      kind: "nobody",
      receiver: "nobody",
    });
    expect((await tryIn({ state: "suppressed", silencedBy: ["s1"] })).outcome).toEqual({
      kind: "suppressed",
      silences: ["s1"],
    });
  });

  it("is ended afterwards, also when something else answers", async () => {
    const { posts } = await tryIn({ receiver: "nobody" });
    expect(posts.map(({ labels }) => labels)).toEqual([ALERT, ALERT]);
    expect(Date.parse(posts[1]?.endsAt ?? "")).toBeLessThan(Date.parse(posts[0]?.endsAt ?? ""));
    await expect(tryIn({ config: "receivers: 7" })).rejects.toThrow("no Alertmanager");
  });
});

describe("whether all have the message", () => {
  it("wants an answer of each of several receivers of one kind", () => {
    const counts = (tried: number, failed: number) => ({ webhook: { tried, failed } });
    const judged = (tried: number, failed: number) =>
      judgeDeliveries([["webhook", 2]], counts(3, 1), counts(tried, failed)).kind;
    expect([judged(4, 1), judged(5, 2), judged(5, 1), judged(6, 2)]).toEqual([
      "pending",
      "failed",
      "delivered",
      "delivered",
    ]);
  });
});
