import { z } from "zod";

/**
 * A name, or with `*` at its end the start of names. `*` alone would be everything, and is refused.
 *
 * @param like what a good name is, for the message to somebody who wrote another one
 */
export const namePattern = (name: z.ZodType<string>, like: string) =>
  z.string({ error: like }).refine(
    (given) => {
      if (!given.endsWith("*")) return name.safeParse(given).success;
      const prefix = given.slice(0, -1);
      // "_" would reach Kafka's own topics, whose names start with two of them.
      return !["", "_"].includes(prefix) && name.safeParse(`${prefix}x`).success;
    },
    { error: `${like}, or the start of one with * at its end` },
  );

/** Whether `name` is the one that the pattern says, or starts as it does before its `*`. */
export const matchesPattern = (pattern: string, name: string): boolean =>
  pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
