import type { Environment } from "../values/environment.ts";
import { CLIENT_PROFILES, type ClientProfileName, type RoleSettings } from "./client-profiles.ts";

/**
 * What a profile comes to: that which it extends, what it says itself, and its own differences in the
 * environment. The later wins.
 *
 * @param environment without one, nothing differs
 */
export function profileSettings(name: ClientProfileName, environment?: Environment): RoleSettings {
  const { extends: base, environments, ...own } = CLIENT_PROFILES[name];
  const inherited = base && profileSettings(base, environment);
  const different = environment && environments?.[environment];
  return {
    producer: { ...inherited?.producer, ...own.producer, ...different?.producer },
    consumer: { ...inherited?.consumer, ...own.consumer, ...different?.consumer },
  };
}
