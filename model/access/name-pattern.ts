import { z } from "zod";

/**
 * A name, or with `*` at its end the start of names. `*` alone would be everything, and is refused.
 *
 * @param like what a good name is, for the message to somebody who wrote another one
 * @param tooWide starts that reach too far, each with what they would reach
 */
export function namePattern(
  name: z.ZodType<string>,
  like: string,
  tooWide: Readonly<Record<string, string>> = {},
) {
  const reaches = { "": "all there are, also those of others", ...tooWide };
  return z.string({ error: orStart(like) }).superRefine((given, context) => {
    const refuse = (message: string) => {
      context.addIssue({ code: "custom", message });
    };
    const isStart = given.endsWith("*");
    const start = isStart ? given.slice(0, -1) : given;
    if (isStart && Object.hasOwn(reaches, start)) {
      refuse(`${orStart(like)}: "${given}" would be ${reaches[start as keyof typeof reaches]}`);
      return;
    }
    const { error } = name.safeParse(isStart ? `${start}x` : given);
    if (error) refuse(orStart(error.issues[0]?.message ?? like));
  });
}

const orStart = (name: string) => `${name}, or the start of one with * at its end`;

/** Whether `name` is the one that the pattern says, or starts as it does before its `*`. */
export const matchesPattern = (pattern: string, name: string): boolean =>
  pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
