import { z } from "zod";
import type { CredentialSlot } from "./credentials.ts";
import { DEFAULT_MECHANISM, SCRAM_MECHANISMS, scramMechanism } from "../values/scram-mechanism.ts";
import { isoDaySchema } from "../values/iso-day.ts";

/**
 * Rotation of a credential in three steps, each applied to the cluster before the next: `set` a second
 * one in the idle place, `hand-out` that one, `retire` the first. Between `set` and `retire` both log
 * in, so clients move over one by one.
 *
 * An account has a place for each SCRAM mechanism. What nodes log in to each other with has a place for
 * each of two users, because the controllers know no SCRAM.
 */
export const ROTATION_STEPS = ["set", "hand-out", "retire"] as const;

export type RotationStep = (typeof ROTATION_STEPS)[number];

const version = {
  generation: z
    .int({ error: "a whole number from 1" })
    .min(1, { error: "a whole number from 1" })
    .describe("Rises by one with every rotation; another generation is another password."),
  since: isoDaySchema("2026-11-21")
    .optional()
    .describe("Day it was set. Default: with the account."),
};

const ofMechanism = z.strictObject(
  {
    mechanism: scramMechanism,
    ...version,
  },
  { error: "a mechanism and a generation" },
);

const ofUser = z.strictObject(
  { user: z.enum(["a", "b"], { error: "a or b" }), ...version },
  { error: "a user and a generation" },
);

type ScramCredential = z.output<typeof ofMechanism>;
type UserCredential = z.output<typeof ofUser>;
type Credential = ScramCredential | UserCredential;

/** One or two, the one that is handed out first. */
type Live<C extends Credential> = readonly [C, ...C[]];

/** What an account may log in with. */
export type LiveCredentials = Live<ScramCredential>;

/** Which of a pair of users may log in; nodes use the first one. */
export type LiveUsers = Live<UserCredential>;

/** Whichever it is. */
export type AnyLive = Live<Credential>;

const consecutive = ([first, second, ...more]: AnyLive): boolean =>
  more.length === 0 &&
  (second === undefined ||
    (placeOf(first) !== placeOf(second) && Math.abs(first.generation - second.generation) === 1));

const refusal = (places: string) => ({
  error: `one credential, or two of different ${places} and consecutive generations`,
});

/** The credentials an account may log in with. */
export const liveCredentialsSchema = z
  .tuple([ofMechanism], ofMechanism, refusal("mechanisms"))
  .refine(consecutive, refusal("mechanisms"));

/** The users of a pair that may log in. */
export const liveUsersSchema = z
  .tuple([ofUser], ofUser, refusal("users"))
  .refine(consecutive, refusal("users"));

/** What an account may log in with: as rotated, or its first credential. */
export const liveCredentials = (
  rotated: Readonly<Record<string, LiveCredentials>>,
  username: string,
  mechanism = DEFAULT_MECHANISM,
): LiveCredentials =>
  (Object.hasOwn(rotated, username) ? rotated[username] : undefined) ?? [
    { mechanism, generation: 1 },
  ];

/** The one step that may follow. */
export function nextStep([handedOut, other]: AnyLive): RotationStep {
  if (other === undefined) return "set";
  return other.generation > handedOut.generation ? "hand-out" : "retire";
}

/** What is live after {@link nextStep}. `today` is recorded as the day that a credential was set. */
export function afterNextStep<C extends Credential>(live: Live<C>, today: string): Live<C> {
  const [handedOut, other] = live;
  if (other === undefined) {
    const { generation } = handedOut;
    return [handedOut, { ...inOtherPlace(handedOut), generation: generation + 1, since: today }];
  }
  return nextStep(live) === "hand-out" ? [other, handedOut] : [handedOut];
}

/**
 * The slot that was live before the only live one, if there was one. It stays declared, overwritten
 * with a password that nobody is given: a rotation never deletes a credential.
 */
export function retiredSlot([handedOut, other]: LiveCredentials): CredentialSlot | undefined {
  if (other !== undefined || handedOut.generation === 1) return undefined;
  return { mechanism: inOtherPlace(handedOut).mechanism, generation: handedOut.generation - 1 };
}

/** Whether the same credentials are live and the same one is handed out, whenever they were set. */
export const sameCredentials = (left: AnyLive, right: AnyLive): boolean =>
  describeCredentials(left) === describeCredentials(right);

/** `SCRAM-SHA-512 generation 1`, or `user a generation 1`. */
export const describeCredential = (credential: Omit<Credential, "since">): string =>
  `${placeOf(credential)} generation ${String(credential.generation)}`;

/** `SCRAM-SHA-512 generation 1, SCRAM-SHA-256 generation 2`, the one handed out first. */
export const describeCredentials = (live: AnyLive): string =>
  live.map(describeCredential).join(", ");

const placeOf = (credential: object): string =>
  "user" in credential
    ? `user ${String(credential.user)}`
    : (credential as ScramCredential).mechanism;

function inOtherPlace<C extends Credential>(credential: C): C {
  if ("user" in credential) return { ...credential, user: credential.user === "a" ? "b" : "a" };
  const [first, second] = SCRAM_MECHANISMS;
  return { ...credential, mechanism: credential.mechanism === first ? second : first };
}
