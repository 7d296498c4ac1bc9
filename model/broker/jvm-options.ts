import { z } from "zod";

/** The entrypoint splits its options at spaces, and its shell would expand patterns. */
const OPTION = /^-(XX:|X(?!X:)|D)[^\s*?[\]'"\\$`]+$/;
const HEAP = /^-(Xm[sxn]|XX:(Initial|Min|Max)(RAM|Heap))/;

/** What a stack gives to the brokers' Java, besides the platform's own; the later one of two counts. */
export const jvmOptions = z.array(
  z
    .string()
    .regex(OPTION, { error: "an option of Java that begins with -X or -D, without spaces" })
    .refine((option) => !HEAP.test(option), {
      error: "no size of the heap: it follows cluster.memory",
    }),
  { error: "a list of options of Java" },
);
