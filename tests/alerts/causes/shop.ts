/** A domain with figures so small that its alerts fire within minutes, as a user would declare it. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Checkout } from "../../support/project/checkout.ts";

/** Topics, each for alerts of its own; and the groups that read them. */
export const SHOP = {
  /** Of which nobody may be more than a few records behind. */
  orders: { topic: "alerts_orders", group: "alerts_books" },
  /** Whose readers have promised how far behind they may be: a time, and records. */
  invoices: { topic: "alerts_invoices", groups: ["alerts_in_time", "alerts_in_records"] },
  /** Kept for less than an hour. */
  clicks: { topic: "alerts_clicks", group: "alerts_heatmap" },
  /** Of which some end in the dead letters. */
  payments: { topic: "alerts_payments", group: "alerts_bank", deadLetters: "alerts_payments_dlq" },
} as const;

const { orders, invoices, clicks, payments } = SHOP;

const topic = (what: string, own: string): string =>
  `event({ description: "${what}", key: "id", classification: "internal", partitions: 1, ` +
  `eventsPerHour: { from: 0, to: 1_000_000 }, ${own} })`;

const reader = (group: string, of: string, budget = ""): string =>
  `${group}: { description: "Reads ${of}.", consumes: [{ topics: ["${of}"], group: "${group}"${budget} }] }`;

const DOMAIN = `import { deadLetter, event } from "../model/topic/topic-profiles.ts";
import type { Domain } from "../model/catalogue/domain-declaration.ts";

export const alertsShop: Domain = {
  owner: "alerts-shop",
  topics: {
    ${orders.topic}: ${topic("Orders.", "alerts: { lag: 100 }")},
    ${invoices.topic}: ${topic("Invoices.", "")},
    ${clicks.topic}: ${topic("Clicks.", 'retention: "50m"')},
    ${payments.topic}: ${topic("Payments.", `deadLetter: "${payments.deadLetters}"`)},
    ${payments.deadLetters}: deadLetter({
      description: "Payments that failed.", classification: "internal", eventsPerHour: { from: 0, to: 1_000_000 },
    }),
  },
  accounts: {
    ${reader(orders.group, orders.topic)},
    ${reader(invoices.groups[0], invoices.topic, ', lagBudget: "10s"')},
    ${reader(invoices.groups[1], invoices.topic, ", lagBudget: 50")},
    ${reader(clicks.group, clicks.topic)},
    ${reader(payments.group, payments.topic)},
  },
};
`;

/** Adds the domain to a checkout; its next `start` makes it. */
export async function declareShop(checkout: Checkout): Promise<void> {
  writeFileSync(path.join(checkout.folder, "topics/alerts-shop.ts"), DOMAIN);
  const { code, stdout, stderr } = await checkout.npm(["generate"]);
  if (code !== 0) throw new Error(`generate ended with ${String(code)}: ${stdout}${stderr}`);
}
