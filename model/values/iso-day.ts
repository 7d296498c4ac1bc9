import { z } from "zod";

/** A day as `YYYY-MM-DD`, in UTC. */
export const isoDay = (date: Date): string => date.toISOString().slice(0, 10);

const day = z.iso.date();

/** Whether a text is a day as {@link isoDay} writes it: two of them compare as texts. */
export const isIsoDay = (text: string): boolean => day.safeParse(text).success;

/** A day in a declaration or a stack file, where YAML makes a date of one without quotes. */
export const isoDaySchema = (example: string) =>
  z.iso.date({ error: `a day in quotes, such as "${example}"` });
