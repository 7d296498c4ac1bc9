import { expect, test } from "vitest";
import { catalogueWarnings } from "../../../model/catalogue/catalogue-warnings.ts";
import { stackConfigSchema } from "../../../model/stack/stack-config.ts";

const nothing = { topics: [], accounts: [], warnings: [] };

test.each([
  ["prod", false, 1],
  ["staging", false, 1],
  ["prod", true, 0],
  ["dev", false, 0],
])("in %s with protection %s there are %i warnings of it", (environment, protection, count) => {
  const config = stackConfigSchema.parse({
    environment,
    protection,
    cluster: { kind: "docker", name: "kafka" },
  });
  const told = catalogueWarnings(nothing, config).filter((line) => line.includes("protection"));
  expect(told).toHaveLength(count);
});
