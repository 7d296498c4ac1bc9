import { exportName } from "./domain-list.ts";

/** A first domain of a company's own, to be changed: one topic, who writes it, who reads it. */
export const exampleDomain = (name: string, owner: string): string => `\
import { event } from "../model/topic/topic-profiles.ts";
import type { Domain } from "../model/catalogue/domain-declaration.ts";

/** An example: say here what the domain is about. */
export const ${exportName(`${name}.ts`)}: Domain = {
  owner: ${JSON.stringify(owner)},
  topics: {
    "${name}-events": event({
      description: "What happens in ${name}.",
      key: "id",
      classification: "internal",
      partitions: 3,
      eventsPerHour: { from: 1_000, to: 10_000 },
    }),
  },
  accounts: {
    "${name}-writer": {
      description: "Writes what happens.",
      produces: ["${name}-events"],
    },
    "${name}-reader": {
      description: "Acts on what happens.",
      consumes: [{ topics: ["${name}-events"], group: "${name}-reader" }],
    },
  },
};
`;
