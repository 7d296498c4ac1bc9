import type { PolicyRule } from "../../../model/agreements/policy-rules.ts";
import { ACCESS_CASES } from "./access.ts";
import { BROKER_CASES } from "./brokers.ts";
import type { CasesOf } from "./case.ts";
import { OBJECT_CASES } from "./objects.ts";
import { POD_CASES } from "./pods.ts";
import { SECRET_CASES } from "./secrets.ts";
import { TOPIC_CASES } from "./topics.ts";

/** The cases of every rule that judges resources: one that has none does not compile. */
export const ALL_CASES: CasesOf<Exclude<PolicyRule, "waiver-unused">> = {
  ...TOPIC_CASES,
  ...ACCESS_CASES,
  ...BROKER_CASES,
  ...POD_CASES,
  ...OBJECT_CASES,
  ...SECRET_CASES,
};
