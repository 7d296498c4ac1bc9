import fc from "fast-check";
import { expect, test } from "vitest";
import { aclIdentity, compileGrants } from "../../components/access/grants.ts";

const identities = (...args: Parameters<typeof compileGrants>) =>
  compileGrants(...args).map(aclIdentity);

test("a producer needs Write and nothing else", () => {
  expect(identities("shop", { produces: ["orders"] })).toEqual([
    "User:shop|*|Write|Allow|Topic|orders|Literal",
  ]);
});

test("a consumer needs Read on its topics and on its group", () => {
  expect(
    identities("billing", { consumes: [{ topics: ["orders"], group: "billing-jobs" }] }),
  ).toEqual([
    "User:billing|*|Read|Allow|Group|billing-jobs|Literal",
    "User:billing|*|Read|Allow|Topic|orders|Literal",
  ]);
});

test("an observer may look at everything, read topics, and change nothing", () => {
  expect(identities("ui", { observes: true })).toEqual([
    "User:ui|*|DescribeConfigs|Allow|Cluster|kafka-cluster|Literal",
    "User:ui|*|DescribeConfigs|Allow|Topic|*|Literal",
    "User:ui|*|Describe|Allow|Cluster|kafka-cluster|Literal",
    "User:ui|*|Describe|Allow|Group|*|Literal",
    "User:ui|*|Read|Allow|Topic|*|Literal",
  ]);
});

test("no grants, no entries", () => {
  expect(compileGrants("idle", {})).toEqual([]);
});

test("the entries depend neither on the order nor on the repetition of declarations", () => {
  const topics = fc.array(fc.constantFrom("a", "b", "c.d"), { maxLength: 6 });
  fc.assert(
    fc.property(topics, topics, (produces, consumed) => {
      const consumes = consumed.map((topic) => ({ topics: [topic], group: "g" }));
      const once = identities("x", {
        produces: [...new Set(produces)].sort(),
        consumes: [...new Set(consumed)].sort().map((topic) => ({ topics: [topic], group: "g" })),
      });
      expect(identities("x", { produces, consumes })).toEqual(once);
      expect(new Set(once).size).toBe(once.length);
    }),
  );
});
