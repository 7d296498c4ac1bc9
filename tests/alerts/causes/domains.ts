/** Domains with figures so small that alerts fire within minutes, declared as a user would. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Checkout } from "../../support/project/checkout.ts";

/** Topics, each for alerts of its own; and the groups that read them. */
export const SHOP = {
  /** Of which nobody may be more than a few records behind. */
  orders: { topic: "alerts_orders", group: "alerts_books" },
  /** Whose reader has promised how many records it is behind at most. */
  invoices: { topic: "alerts_invoices", group: "alerts_in_records" },
  /** Kept for less than an hour. */
  clicks: { topic: "alerts_clicks", group: "alerts_heatmap" },
  /** Of which some end in the dead letters. */
  payments: { topic: "alerts_payments", group: "alerts_bank", deadLetters: "alerts_payments_dlq" },
} as const;

/** Of another owner: what one is told of with an alert comes together, and what is new of it some minutes later. */
export const DEPOT = {
  /** Whose reader has promised for how long it is behind at most. */
  parcels: { topic: "depot_parcels", group: "depot_in_time" },
  /** Which somebody deletes before they are read. */
  visits: { topic: "depot_visits", group: "depot_gate" },
} as const;

const topic = (name: string, own = ""): string =>
  `${name}: event({ description: "For tests.", key: "id", classification: "internal", partitions: 1, ` +
  `eventsPerHour: { from: 0, to: 1_000_000 }, ${own} }),`;

const reader = (one: { readonly topic: string; readonly group: string }, budget = ""): string =>
  `${one.group}: { description: "Reads ${one.topic}.", ` +
  `consumes: [{ topics: ["${one.topic}"], group: "${one.group}", ${budget} }] },`;

const domain = (name: string, topics: readonly string[], accounts: readonly string[]): string =>
  `import { deadLetter, event } from "../model/topic/topic-profiles.ts";
import type { Domain } from "../model/catalogue/domain-declaration.ts";

export const ${name}: Domain = {
  owner: "${name}",
  topics: { ${topics.join("\n")} },
  accounts: { ${accounts.join("\n")} },
};
`;

const { orders, invoices, clicks, payments } = SHOP;
const { parcels, visits } = DEPOT;

const DEAD_LETTERS = `${payments.deadLetters}: deadLetter({
  description: "Payments that failed.", classification: "internal", eventsPerHour: { from: 0, to: 1_000_000 },
}),`;

/** Files of domains by their names. */
const DOMAINS: Readonly<Record<string, string>> = {
  "alerts-shop": domain(
    "alertsShop",
    [
      topic(orders.topic, "alerts: { lag: 100 }"),
      topic(invoices.topic),
      topic(clicks.topic, 'retention: "50m"'),
      topic(payments.topic, `deadLetter: "${payments.deadLetters}"`),
      DEAD_LETTERS,
    ],
    [reader(orders), reader(invoices, "lagBudget: 50"), reader(clicks), reader(payments)],
  ),
  "alerts-depot": domain(
    "alertsDepot",
    [topic(parcels.topic), topic(visits.topic)],
    [reader(parcels, 'lagBudget: "10s"'), reader(visits)],
  ).replace("deadLetter, ", ""),
};

/** Adds the domains to a checkout; its next `start` makes them. */
export async function declareDomains(checkout: Checkout): Promise<void> {
  for (const [name, text] of Object.entries(DOMAINS)) {
    writeFileSync(path.join(checkout.folder, `topics/${name}.ts`), text);
  }
  const { code, stdout, stderr } = await checkout.npm(["generate"]);
  if (code !== 0) throw new Error(`generate ended with ${String(code)}: ${stdout}${stderr}`);
}
