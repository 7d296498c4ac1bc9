import { expect, test } from "vitest";
import type { DeclaredGrants } from "../../../model/access/grants.ts";
import { withDeadLetters } from "../../../model/catalogue/dead-letters.ts";

const topics = [
  { name: "shop.orders", deadLetter: "shop.orders.dlq" },
  { name: "shop.carts", deadLetter: "lost" },
  { name: "jobs", deadLetter: "lost" },
  { name: "lost", deadLetter: undefined },
];
const orders = { origin: "shop.orders", topic: "shop.orders.dlq" };
const carts = { origin: "shop.carts", topic: "lost" };
const jobs = { origin: "jobs", topic: "lost" };

const consuming = (...names: string[]) => ({ consumes: [{ topics: names, group: "g" }] });
const app = { applicationId: "app", produces: [], exactlyOnce: false };

test.each<[string, Partial<DeclaredGrants>, object[] | undefined]>([
  ["a consumer", consuming("shop.orders"), [orders]],
  ["a consumer by prefix", consuming("shop.*"), [orders, carts]],
  ["a consumer of two topics that share one", consuming("jobs", "shop.carts"), [carts, jobs]],
  ["a Streams application", { streams: [{ ...app, consumes: ["jobs"] }] }, [jobs]],
  ["a consumer of a topic without", consuming("lost"), undefined],
  ["a producer", { produces: ["shop.orders"] }, undefined],
  ["a mirror", { mirrorsTo: [{ target: "eu", topics: ["jobs"], groups: [] }] }, undefined],
])("%s", (_, declared, expected) => {
  const grants = { produces: [], consumes: [], ...declared };
  expect(withDeadLetters(grants, topics).deadLetters).toEqual(expected);
});
