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
  ["a consumer may write its topic's dead letters", consuming("shop.orders"), [orders]],
  [
    "a consumer by prefix may write the dead letters of every topic with it",
    consuming("shop.*"),
    [orders, carts],
  ],
  [
    "a consumer of two topics that share a dead letter topic may write the dead letters of both",
    consuming("jobs", "shop.carts"),
    [carts, jobs],
  ],
  [
    "a Streams application may write the dead letters of the topics that it consumes",
    { streams: [{ ...app, consumes: ["jobs"] }] },
    [jobs],
  ],
  [
    "a consumer of a topic without a dead letter topic may write no dead letters",
    consuming("lost"),
    undefined,
  ],
  ["a producer may write no dead letters", { produces: ["shop.orders"] }, undefined],
  [
    "a mirror may write no dead letters",
    { mirrorsTo: [{ target: "eu", topics: ["jobs"], groups: [] }] },
    undefined,
  ],
])("%s", (_, declared, expected) => {
  const grants = { produces: [], consumes: [], ...declared };
  expect(withDeadLetters(grants, topics).deadLetters).toEqual(expected);
});
