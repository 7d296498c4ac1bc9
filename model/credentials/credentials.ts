import { createHmac } from "node:crypto";
import type { ScramMechanism } from "../values/scram-mechanism.ts";

/**
 * One credential of an account; `generation` starts at 1 and rises with each rotation. The mechanisms
 * are two places side by side: rotation sets the idle one, publishes it and retires the first, and
 * ACLs and quotas never move.
 */
export interface CredentialSlot {
  readonly mechanism: ScramMechanism;
  readonly generation: number;
}

/** PBKDF2 rounds of a stored SCRAM credential; Kafka's own default is 4096. */
export const SCRAM_ITERATIONS = 8192;

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LENGTH = 32;

/**
 * A password of 32 letters and digits (190 bits) that only the stack's secret can reproduce.
 *
 * Derived and not random, because the Kafka provider needs it known in a preview; alphanumeric,
 * because a comma breaks `kafka-storage --add-scram` and quotes break JAAS lines.
 *
 * @param purpose what the password is for; equal purposes give equal passwords
 */
export function derivePassword(stackSecret: string, purpose: string): string {
  const digest = createHmac("sha512", stackSecret)
    .update(`kafka-platform/1/${purpose}`)
    .digest("hex");
  const base = BigInt(ALPHABET.length);
  let rest = BigInt(`0x${digest}`);
  let password = "";
  while (password.length < LENGTH) {
    password += ALPHABET.charAt(Number(rest % base));
    rest /= base;
  }
  return password;
}

/** The {@link derivePassword} purpose of one credential of a Kafka account. */
export const credentialPurpose = (username: string, slot: CredentialSlot): string =>
  `account/${username}/${slot.mechanism}/${String(slot.generation)}`;

/** The purpose of the password that a retired credential is overwritten with; nobody is given it. */
export const retiredPurpose = (username: string, slot: CredentialSlot): string =>
  `retired/${username}/${slot.mechanism}/${String(slot.generation)}`;
