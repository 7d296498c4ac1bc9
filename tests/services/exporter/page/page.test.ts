import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { duration } from "../../../../services/exporter/page/figures.ts";
import { PAGE_HEADERS } from "../../../../services/exporter/page/headers.ts";
import { html } from "../../../../services/exporter/page/html.ts";
import { statusPage } from "../../../../services/exporter/page/page.ts";
import { clusterView, groupView, topicView } from "../../../support/observability/cluster-views.ts";

const text = (page: string) => page.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
const pageOf = (own: Parameters<typeof clusterView>[0], search = "") =>
  statusPage(clusterView(own), search);

describe("the status page", () => {
  it("begins with the verdict, and says it in the title, too", () => {
    const page = pageOf({ topics: [topicView({ name: "orders", withoutLeader: 1 })] });
    expect(page).toContain("<title>✗ shop</title>");
    expect(text(page)).toContain("✗ 1 partition can be neither read nor written: no leader.");
  });

  it("shows what is not known as such, and never as 0", () => {
    const unknown = { lag: undefined, lagSeconds: undefined, secondsToZero: undefined };
    const page = pageOf({
      topics: [],
      brokers: [],
      groups: [groupView({ group: "billing", ...unknown, members: undefined })],
    });
    expect(page.match(/title="not known"/g)?.length).toBe(4);
    expect(text(page)).not.toMatch(/ 0 s| 0 members/);
  });

  it("escapes whatever comes from the cluster, and from the address", () => {
    const evil = `<script>alert("1")</script>`;
    const page = pageOf({ cluster: evil, topics: [topicView({ name: "a", owner: evil })] }, evil);
    expect(page).not.toContain("<script>alert");
  });

  it("shows the worst first, and the others to who searches for them", () => {
    const topics = Array.from({ length: 60 }, (_, index) =>
      topicView({ name: `topic-${index}`, health: 40 + index }),
    );
    const page = text(pageOf({ topics }));
    expect(page).toContain("The first 50 of 60");
    expect(page).toContain("topic-0");
    expect(page).not.toContain("topic-59");
    expect(text(pageOf({ topics }, "TOPIC-59"))).toContain("topic-59");
  });

  it("tells an alert that is not known from none that fires, and from nobody who watches", () => {
    expect(text(pageOf({ alerts: [] }))).toContain("None fires.");
    expect(text(pageOf({ alerts: { unknown: "Alertmanager does not answer" } }))).toContain(
      "Not known: Alertmanager does not answer",
    );
    expect(text(pageOf({ alerts: undefined }))).not.toContain("Alerts");
  });

  it("names what it may not see, and what failed, with the time of the last look", () => {
    const page = text(
      pageOf({
        parts: [
          { part: "log_dirs", result: "denied", lastSeen: undefined },
          { part: "groups", result: "failed", lastSeen: new Date("2026-11-30T11:59:00Z") },
        ],
      }),
    );
    expect(page).toMatch(/log dirs no right to never/);
    expect(page).toMatch(/groups failed 2026-11-30 11:59:00 UTC/);
  });

  it("runs no script, and takes no style, but those that its headers allow", () => {
    const page = pageOf({});
    const policy = PAGE_HEADERS["content-security-policy"];
    const hash = (inner: string) => createHash("sha256").update(inner).digest("base64");
    const inline = [...page.matchAll(/<(?:style|script)>([^]*?)<\/(?:style|script)>/g)];
    expect(inline.length).toBe(2);
    for (const [, inner = ""] of inline) expect(policy).toContain(hash(inner));
    expect(page).not.toMatch(/ style="| on[a-z]+="|https?:\/\//);
  });
});

it("a time has its two largest units, and words where there is no end", () => {
  const never = "never";
  const told = [0, 0.4, 59, 60, 61, 3600, 3661, 90_000, Infinity].map((one) =>
    duration(one, never),
  );
  expect(told).toEqual([
    ...["0 s", "0 s", "59 s", "1 min", "1 min 1 s", "1 h", "1 h 1 min", "1 d 1 h", "never"],
  ]);
});

it("a template escapes text, lists and numbers, and leaves out what is not there", () => {
  expect(html`<p>${"a & 'b'"}${[1, html`<b>2</b>`]}${undefined}${false}</p>`.text).toBe(
    "<p>a &#38; &#39;b&#39;1<b>2</b></p>",
  );
});
