import type { BadStack } from "../bad-stack.ts";
import { ACCESS_STACKS } from "./access.ts";
import { CLUSTER_STACKS } from "./cluster.ts";
import { DEV_STACKS } from "./dev.ts";
import { TOPIC_STACKS } from "./topics.ts";

/** Every bad stack, by what is wrong with it. */
export const BAD_STACKS: Readonly<Record<string, BadStack>> = {
  ...TOPIC_STACKS,
  ...ACCESS_STACKS,
  ...CLUSTER_STACKS,
  ...DEV_STACKS,
};
