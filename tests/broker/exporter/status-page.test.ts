/** The status page as people see it: in a real browser, of a real broker. */
import path from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBrowser, withoutBrowser } from "../../support/browser.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { CONTRASTS, FOCUS, FOREIGN_SCRIPT, WIDTHS } from "./page-scripts.ts";
import { type Watch, WatchedBroker } from "./watched-broker.ts";

const VIEWER = { username: "viewer", password: "a password of the page" };
/** Kafka takes any name of a group, and whoever may read chooses it. */
const MARKUP = `<b onclick="alert(1)">bold</b><img src=x onerror="document.title='taken'">`;
/** Folder in which pictures of the page are kept for the docs. */
const PICTURES = process.env["STATUS_PAGE_PICTURES"];

interface Contrasts {
  readonly low: readonly string[];
  readonly seen: number;
  /** Of what is behind the page, 0 to 255. */
  readonly red: number;
}

let broker: JarBroker;
let watched: WatchedBroker;
let watch: Watch;
let browser: Browser;
let address: string;

const contexts: BrowserContext[] = [];
/** What no page may do: fail in its script, or ask anybody else. */
const wrongs: string[] = [];

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ httpCredentials: VIEWER, ...options });
  contexts.push(context);
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") wrongs.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrongs.push(`script: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith("data:")) wrongs.push(`asked for ${url}`);
  });
  await page.goto(address);
  return page;
}

const verdict = (page: Page) => page.locator(".verdict").innerText();
/** How the docs show it. */
const VIEWS: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 760 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 760 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true },
};

describe.skipIf(withoutBrowser !== undefined)(
  `the status page in a browser${withoutBrowser === undefined ? "" : ` (${withoutBrowser})`}`,
  () => {
    beforeAll(async () => {
      broker = await JarBroker.start();
      watched = await WatchedBroker.connect(broker);
      for (const topic of ["orders", "payments", "shipments"]) await watched.topic(topic, 3);
      await watched.records(
        "orders",
        Array.from({ length: 40 }, (_, at) => Date.now() - 60_000 + at * 1_000),
      );
      await watched.records("payments", [Date.now()]);
      await watched.position("billing", "orders", 12);
      await watched.position("audit", "payments", 1);
      const declared: Parameters<WatchedBroker["watch"]>[0] = {
        declared: {
          topics: ["orders", "payments", "shipments"].map((name) => ({
            ...{ name, owner: name === "orders" ? "shop" : "finance", minInsyncReplicas: 1 },
          })),
          groups: [{ group: "billing", topic: "orders", owner: "finance", lagBudgetSeconds: 600 }],
        },
      };
      watch = await watched.watch(declared, broker.admin, VIEWER);
      address = `http://127.0.0.1:${String(watch.port)}/`;
      browser = await startBrowser();
    });
    afterAll(async () => {
      await browser.close();
      await watch.stop();
      await watched.close().catch(() => undefined);
      await broker.destroy();
    });

    it("is shown to nobody without the password", async () => {
      const context = await browser.newContext();
      const answer = await (await context.newPage()).goto(address).catch((error: unknown) => error);
      const status =
        answer instanceof Error ? answer.message : (answer as { status(): number }).status();
      expect(String(status)).toMatch(/401|ERR_INVALID_AUTH_CREDENTIALS/);
      await context.close();
    });

    it("says how the cluster is, and lists brokers, topics and groups", async () => {
      const page = await open({ colorScheme: "light", viewport: { width: 1280, height: 900 } });
      expect(await verdict(page)).toBe("✓ All is well: 1 broker, 4 topics, 2 consumer groups.");
      const text = await page.locator("main").innerText();
      for (const word of ["orders", "payments", "shipments", "billing", "finance", "28"]) {
        expect(text).toContain(word);
      }
    });

    if (PICTURES !== undefined) {
      it("has its picture taken for the docs", async () => {
        for (const [name, view] of Object.entries(VIEWS)) {
          const page = await open(view);
          await page.screenshot({ path: path.join(PICTURES, `status-page-${name}.png`) });
        }
      });
    }

    it("shows a name with markup in it as text", async () => {
      await watched.position(MARKUP, "payments", 0);
      await watch.exporter.look();
      const page = await open();
      expect(await page.locator("main").innerText()).toContain(MARKUP);
      expect(await page.locator("main b, main img").count()).toBe(0);
      expect(await page.title()).not.toContain("taken");
    });

    it("goes on by itself while it is open, and keeps what somebody types", async () => {
      const page = await open();
      await page.getByRole("searchbox").fill("half a na");
      await watched.records(
        "orders",
        Array.from({ length: 100 }, () => Date.now()),
      );
      await watch.exporter.look();
      await expect
        .poll(() => page.locator("main").innerText(), { timeout: 20_000 })
        .toContain("128");
      expect(await page.locator("#live").innerText()).toBe("live");
      expect(await page.getByRole("searchbox").inputValue()).toBe("half a na");
    }, 60_000);

    it("finds topics and groups by name", async () => {
      const page = await open();
      await page.getByRole("searchbox").fill("shipm");
      await page.keyboard.press("Enter");
      await page.waitForURL(/q=shipm/);
      expect(await page.locator("tbody tr").allInnerTexts()).toEqual([
        expect.stringContaining("up"),
        expect.stringContaining("shipments"),
      ]);
    });

    it("is used by keyboard alone, and shows where the focus is", async () => {
      const page = await open();
      const reached: string[] = [];
      for (let at = 0; at < 12; at += 1) {
        await page.keyboard.press("Tab");
        const focus = await page.evaluate<string | null>(FOCUS);
        if (focus === null) break;
        reached.push(focus);
      }
      expect(reached).toEqual([
        ...["a Skip to the state", "input ", "button Search"],
        ...["div brokers", "div topics", "div groups"],
      ]);
      await page.keyboard.press("Shift+Tab");
    });

    for (const colorScheme of ["light", "dark"] as const) {
      it(`has text that can be read where it is ${colorScheme}`, async () => {
        const page = await open({ colorScheme, viewport: { width: 1280, height: 900 } });
        const { low, seen, red } = await page.evaluate<Contrasts>(CONTRASTS);
        expect(seen).toBeGreaterThan(30);
        expect(low).toEqual([]);
        expect(colorScheme === "dark" ? red < 60 : red > 200).toBe(true);
      });
    }

    it("fits a phone: nothing is cut off at the side", async () => {
      const page = await open({ viewport: { width: 390, height: 844 }, isMobile: true });
      const [inner, outer] = await page.evaluate<number[]>(WIDTHS);
      expect(inner).toBe(outer);
      expect(await page.locator("main").innerText()).toContain("billing");
    });

    it("says the same without scripts", async () => {
      const page = await open({ javaScriptEnabled: false });
      expect(await verdict(page)).toContain("All is well");
      expect(await page.locator("tbody tr").count()).toBeGreaterThan(5);
    });

    it("has done nothing wrong so far, and would have been noticed", async () => {
      expect(wrongs).toEqual([]);
      const page = await open();
      await page.evaluate(FOREIGN_SCRIPT);
      await expect.poll(() => wrongs.join()).toContain("Content Security Policy");
    });

    it("says that the broker is away, and what it shows is old", async () => {
      const page = await open();
      await broker.freeze();
      await watch.exporter.look();
      await expect
        .poll(() => verdict(page), { timeout: 25_000 })
        .toBe("✗ Kafka does not answer. What is shown is what was seen last.");
      expect(await page.locator("#brokers + *").innerText()).toContain("away");
    }, 90_000);
  },
);
