import { expect, test } from "vitest";
import { missingTopics } from "../../../cli/stack/verify.ts";

test("declared topics that Kafka does not have are named, with what makes them again", () => {
  expect(missingTopics(["a", "b"], ["b", "a", "foreign"], "dev")).toBeUndefined();
  expect(missingTopics(["a", "b"], ["b"], "dev")).toBe(
    "Of 2 declared topics 1 is not in Kafka: a. " +
      "Run `npm run refresh -- --stack dev`, then `npm start -- --stack dev`, which makes them again.",
  );
  expect(missingTopics(["a", "b", "c", "d", "e"], [], "dev")).toMatch(
    /^Of 5 declared topics 5 are not in Kafka: a, b, c and 2 more\. /,
  );
});
