import type { Control } from "./control.ts";
import { AUTHORIZATION_CONTROLS } from "./controls/authorization.ts";
import { BROKER_CONTROLS } from "./controls/brokers.ts";
import { HOLDER_CONTROLS } from "./controls/holders.ts";
import { LISTENER_CONTROLS } from "./controls/listeners.ts";
import { QUOTA_CONTROLS, TOPIC_CONTROLS } from "./controls/quotas-and-topics.ts";
import { RIGHT_CONTROLS } from "./controls/rights.ts";
import { CERTIFICATE_CONTROLS, RELEASE_CONTROLS, STACK_CONTROLS } from "./controls/stack.ts";
import { USER_CONTROLS } from "./controls/users.ts";
import { WIDE_RIGHT_CONTROLS } from "./controls/wide-rights.ts";

/** Every control, by what it is about: the order of the report and of docs/audit.md. */
export const CONTROL_GROUPS: readonly (readonly [about: string, controls: readonly Control[]])[] = [
  ["Rights", [...RIGHT_CONTROLS, ...WIDE_RIGHT_CONTROLS]],
  ["Holders of rights", HOLDER_CONTROLS],
  ["Logins", USER_CONTROLS],
  ["Quotas", QUOTA_CONTROLS],
  ["Topics", TOPIC_CONTROLS],
  ["Listeners", LISTENER_CONTROLS],
  ["Brokers", [...AUTHORIZATION_CONTROLS, ...BROKER_CONTROLS]],
  ["Releases", RELEASE_CONTROLS],
  ["Certificates", CERTIFICATE_CONTROLS],
  ["The stack", STACK_CONTROLS],
];

export const CONTROLS: readonly Control[] = CONTROL_GROUPS.flatMap(([, controls]) => controls);
