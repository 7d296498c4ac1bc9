import { expect, test } from "vitest";
import { accessWarnings } from "../../../model/access/access-review.ts";
import type { Access, Grants } from "../../../model/access/grants.ts";

const account = (username: string, grants: Grants, more: Partial<Access> = {}) => ({
  ...{ username, grants },
  ...more,
});
const reads = (topics: readonly string[], group: string): Grants => ({
  consumes: [{ topics, group }],
});

test("a topic that nobody writes or nobody reads is warned of", () => {
  const accounts = [
    account("till", { produces: ["orders", "eu.*"] }),
    account("desk", reads(["orders", "refunds"], "desk")),
  ];
  expect(accessWarnings(["orders", "refunds", "eu.orders", "lost"], accounts)).toEqual([
    "topic refunds: no account may write to it",
    "topic eu.orders: no account may read it",
    "topic lost: no account may write to or read it",
  ]);
});

test("many topics that nobody uses are one warning of each kind, with the first of them", () => {
  const topics = Array.from({ length: 568 }, (_, at) => `t${String(at)}`);
  expect(
    accessWarnings(
      [...topics, "orders", "refunds"],
      [account("till", { produces: ["orders", "refunds"] })],
    ),
  ).toEqual([
    "topics t0, t1, t2, t3, t4, t5, t6, t7, t8, t9 and 558 more: no account may write to or read them",
    "topics orders, refunds: no account may read them",
  ]);
});

test("a grant that another one covers is warned of", () => {
  const warnings = (grants: Grants, groups = {}) =>
    accessWarnings([], [account("a", grants, { groups })]);
  expect(warnings({ produces: ["eu.*", "eu.orders", "us.orders"] })).toEqual([
    'account a: "produces eu.orders" adds nothing to "produces eu.*"',
  ]);
  expect(warnings({ produces: ["orders", "orders"] })).toEqual([
    'account a: "produces orders" adds nothing to "produces orders"',
  ]);
  expect(warnings(reads(["tda_*", "tda_jobs"], "g"))).toEqual([
    'account a: "consumes tda_jobs as g" adds nothing to "consumes tda_* as g"',
  ]);
  // Another group is another position in the same records.
  const twice: Grants = {
    consumes: ["g", "h"].map((group) => ({ topics: ["orders"], group })),
  };
  expect(warnings(twice)).toEqual([]);
  expect(warnings({ inspects: true, observes: true })).toEqual([
    'account a: "inspects" adds nothing to "observes"',
  ]);
  expect(warnings({ inspects: true }, { operators: { inspects: true } })).toEqual([
    'account a: "group operators: inspects" adds nothing to "inspects"',
  ]);
  // A right that follows is not written, so there is nothing to take out.
  expect(
    warnings({ produces: ["dlq"], deadLetters: [{ origin: "orders", topic: "dlq" }] }),
  ).toEqual([]);
});
