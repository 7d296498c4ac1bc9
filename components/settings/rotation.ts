import { z } from "zod";
import type { CredentialSlot, ScramMechanism } from "./credentials.ts";

/**
 * Rotation of an account's credential in three steps, each applied to the cluster before the next:
 * `set` the idle mechanism's slot, `hand-out` the new one, `retire` the old one. Between `set` and
 * `retire` both log in, so clients move over one by one.
 */
export const ROTATION_STEPS = ["set", "hand-out", "retire"] as const;

export type RotationStep = (typeof ROTATION_STEPS)[number];

const CONSECUTIVE = "one credential, or two of different mechanisms and consecutive generations";

const liveCredential = z.strictObject(
  {
    mechanism: z.enum(["SCRAM-SHA-512", "SCRAM-SHA-256"], {
      error: "SCRAM-SHA-512 or SCRAM-SHA-256",
    }),
    generation: z
      .int({ error: "a whole number from 1" })
      .min(1, { error: "a whole number from 1" })
      .describe("Rises by one with every rotation; another generation is another password."),
    since: z.iso
      .date({ error: 'a day in quotes, such as "2026-11-21"' })
      .optional()
      .describe("Day it was set. Default: with the account."),
  },
  { error: "a mechanism and a generation" },
);

/** The credentials an account may log in with, the one that is handed out first. */
export const liveCredentialsSchema = z
  .tuple([liveCredential], liveCredential, { error: CONSECUTIVE })
  .refine(
    ([first, second, ...more]) =>
      more.length === 0 &&
      (second === undefined ||
        (first.mechanism !== second.mechanism &&
          Math.abs(first.generation - second.generation) === 1)),
    { error: CONSECUTIVE },
  );

type LiveCredential = z.output<typeof liveCredential>;

/** One or two; {@link liveCredentialsSchema} refuses what no rotation can lead to. */
export type LiveCredentials = readonly [LiveCredential, ...LiveCredential[]];

/** What an account may log in with: as rotated, or its first credential. */
export const liveCredentials = (
  rotated: Readonly<Record<string, LiveCredentials>>,
  username: string,
  mechanism: ScramMechanism = "SCRAM-SHA-512",
): LiveCredentials =>
  (Object.hasOwn(rotated, username) ? rotated[username] : undefined) ?? [
    { mechanism, generation: 1 },
  ];

/** The one step that may follow. */
export function nextStep([handedOut, other]: LiveCredentials): RotationStep {
  if (other === undefined) return "set";
  return other.generation > handedOut.generation ? "hand-out" : "retire";
}

/** What is live after {@link nextStep}. `today` is recorded as the day that a credential was set. */
export function afterNextStep(live: LiveCredentials, today: string): LiveCredentials {
  const [handedOut, other] = live;
  if (other === undefined) {
    const mechanism = otherMechanism(handedOut.mechanism);
    return [handedOut, { mechanism, generation: handedOut.generation + 1, since: today }];
  }
  return nextStep(live) === "hand-out" ? [other, handedOut] : [handedOut];
}

/**
 * The slot that was live before the only live one, if there was one. It stays declared, overwritten
 * with a password that nobody is given: a rotation never deletes a credential.
 */
export function retiredSlot([handedOut, other]: LiveCredentials): CredentialSlot | undefined {
  const { mechanism, generation } = handedOut;
  if (other !== undefined || generation === 1) return undefined;
  return { mechanism: otherMechanism(mechanism), generation: generation - 1 };
}

/** Whether the same credentials are live and the same one is handed out, whenever they were set. */
export const sameCredentials = (left: LiveCredentials, right: LiveCredentials): boolean =>
  describeCredentials(left) === describeCredentials(right);

/** `SCRAM-SHA-512 generation 1`. */
export const describeCredential = ({ mechanism, generation }: CredentialSlot): string =>
  `${mechanism} generation ${String(generation)}`;

/** `SCRAM-SHA-512 generation 1, SCRAM-SHA-256 generation 2`, the one handed out first. */
export const describeCredentials = (live: LiveCredentials): string =>
  live.map(describeCredential).join(", ");

const otherMechanism = (mechanism: ScramMechanism): ScramMechanism =>
  mechanism === "SCRAM-SHA-512" ? "SCRAM-SHA-256" : "SCRAM-SHA-512";
