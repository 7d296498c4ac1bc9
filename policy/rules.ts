import type { Rule, RuleText } from "./rule.ts";
import { ACCOUNT_RULES, ACCOUNTS_TOGETHER_RULES } from "./rules/accounts.ts";
import { ACL_RULES } from "./rules/acls.ts";
import { BROKER_LIMIT_RULES, BROKER_PROCESS_RULES } from "./rules/broker-limits.ts";
import { BROKER_SIZING_RULES } from "./rules/broker-sizing.ts";
import { BROKER_RULES } from "./rules/brokers.ts";
import { DISRUPTION_RULES, DISRUPTION_TOGETHER_RULES } from "./rules/disruption.ts";
import { DOCKER_RULES } from "./rules/docker.ts";
import { IDENTITY_RULES } from "./rules/identity.ts";
import { NETWORK_RULES, NETWORK_TOGETHER_RULES } from "./rules/network.ts";
import { POD_SECURITY_RULES } from "./rules/pod-security.ts";
import { POD_RULES } from "./rules/pods.ts";
import { REFERENCE_RULES } from "./rules/references.ts";
import { SECRET_RULES } from "./rules/secrets.ts";
import { STORAGE_RULES, STORAGE_TOGETHER_RULES } from "./rules/storage.ts";
import { TOPIC_RETENTION_RULES } from "./rules/topic-retention.ts";
import { TOPICS_TOGETHER_RULES } from "./rules/topics-together.ts";
import { TOPIC_RULES } from "./rules/topics.ts";
import { UI_RULES } from "./rules/ui.ts";
import { WAIVER_RULES } from "./rules/waivers.ts";
import { WAIVER_UNUSED } from "./unused-waivers.ts";

/** Every rule that judges resources, by subject. */
export const RULES: readonly Rule[] = [
  ...TOPIC_RULES,
  ...TOPIC_RETENTION_RULES,
  ...TOPICS_TOGETHER_RULES,
  ...IDENTITY_RULES,
  ...ACL_RULES,
  ...ACCOUNT_RULES,
  ...ACCOUNTS_TOGETHER_RULES,
  ...BROKER_RULES,
  ...BROKER_SIZING_RULES,
  ...BROKER_LIMIT_RULES,
  ...BROKER_PROCESS_RULES,
  ...POD_RULES,
  ...POD_SECURITY_RULES,
  ...DISRUPTION_RULES,
  ...DISRUPTION_TOGETHER_RULES,
  ...REFERENCE_RULES,
  ...STORAGE_RULES,
  ...STORAGE_TOGETHER_RULES,
  ...NETWORK_RULES,
  ...NETWORK_TOGETHER_RULES,
  ...UI_RULES,
  ...DOCKER_RULES,
  ...SECRET_RULES,
  ...WAIVER_RULES,
];

/** Those, and what is found about waivers when all have judged. */
export const RULE_TEXTS: readonly RuleText[] = [...RULES, WAIVER_UNUSED];
