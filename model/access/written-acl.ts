import { z } from "zod";
import { MAX_TOPIC_NAME_LENGTH } from "../values/kafka-limits.ts";
import type { Right } from "./acl.ts";
import { OPERATIONS } from "./operations.ts";
import { namedResource, RESOURCE_TEXT } from "./resource-text.ts";

/**
 * An entry of an access control list as it is declared: `{ allow: ["Create"], on: "topic:tmp.*" }`. It is
 * for what no role says, so it takes all that Kafka takes: every operation, and names of topics that nobody
 * declares. What is unwise is for the policies to say.
 */

type Operation = Right["operation"];

/** Of every type, without those that the Kafka provider has no word for. */
const KNOWN = [
  "All",
  ...new Set([...OPERATIONS.Topic, ...OPERATIONS.Group, ...OPERATIONS.Cluster]),
] as Operation[];

const operations = z
  .array(z.enum(KNOWN, { error: `one of ${KNOWN.join(", ")}` }), { error: "a list of operations" })
  .min(1, { error: "at least one operation" });

const resource = z
  .string({ error: RESOURCE_TEXT })
  .refine((given) => namedResource(given) !== undefined, { error: RESOURCE_TEXT })
  .refine((given) => (namedResource(given)?.resourceName.length ?? 0) <= MAX_TOPIC_NAME_LENGTH, {
    error: `a name of at most ${MAX_TOPIC_NAME_LENGTH} characters`,
  });

export const writtenAcl = z
  .strictObject({
    allow: operations.optional().describe("What it may do."),
    deny: operations
      .optional()
      .describe("What it may not do, whatever else allows it, from any address."),
    on: resource.describe(
      `${RESOURCE_TEXT}; with * at the end every name that starts so, with * alone every name.`,
    ),
  })
  .superRefine(({ allow, deny, on }, context) => {
    if ((allow === undefined) === (deny === undefined)) {
      context.addIssue({ code: "custom", message: "either `allow` or `deny`" });
      return;
    }
    const type = namedResource(on)?.resourceType;
    if (!type) return;
    const possible: readonly string[] = ["All", ...OPERATIONS[type]];
    const word = allow ? "allow" : "deny";
    for (const [place, operation] of (allow ?? deny ?? []).entries()) {
      if (possible.includes(operation)) continue;
      const message = `an operation on ${on}: ${possible.join(", ")}`;
      context.addIssue({ code: "custom", path: [word, place], message });
    }
  });
