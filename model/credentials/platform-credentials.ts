import { DEFAULT_MECHANISM, type ScramMechanism } from "../values/scram-mechanism.ts";
import { PLATFORM_ACCOUNTS } from "./platform-accounts.ts";
import { type LiveCredentials, type LiveUsers, retiredSlot } from "./rotation.ts";

/**
 * What nodes log in to each other with is a pair of users, `broker-a` and `broker-b`, of which both
 * may be valid: brokers to brokers by SCRAM, nodes to the controllers by PLAIN.
 */
export const USER_PAIRS = ["broker", "controller"] as const;

export type UserPair = (typeof USER_PAIRS)[number];

const USERS = ["a", "b"] as const;

export const userOf = (pair: UserPair, user: "a" | "b"): string => `${pair}-${user}`;

/** Both users of a pair. */
export const usersOf = (pair: UserPair): string[] => USERS.map((user) => userOf(pair, user));

/** One that exists from the moment a disk is formatted, and keeps its first password. */
export const firstPurpose = (account: string): string => purposeOf(account, 1);

/**
 * What the password of each user of a pair is derived for. One that may not log in has a password that
 * nobody is given.
 */
export function pairPurposes(pair: UserPair, live: LiveUsers): Record<string, string> {
  const [{ generation }] = live;
  return Object.fromEntries(
    USERS.map((user) => {
      const own = live.find((credential) => credential.user === user);
      const name = userOf(pair, user);
      return [name, own ? purposeOf(name, own.generation) : retiredOf(name, generation - 1)];
    }),
  );
}

/** A SCRAM credential of an account of the platform. */
export interface PlatformCredential {
  readonly username: string;
  readonly mechanism: ScramMechanism;
  /** What its password is derived for. */
  readonly purpose: string;
}

/** Those of the admin: what is live, and what was retired. */
export function adminCredentials(live: LiveCredentials): PlatformCredential[] {
  const username = PLATFORM_ACCOUNTS.admin;
  const retired = retiredSlot(live);
  return [
    ...live.map(({ mechanism, generation }) => {
      return { username, mechanism, purpose: purposeOf(username, generation) };
    }),
    ...(retired
      ? [
          {
            username,
            mechanism: retired.mechanism,
            purpose: retiredOf(username, retired.generation),
          },
        ]
      : []),
  ];
}

/** Those that brokers log in to each other with. */
export const brokerCredentials = (live: LiveUsers): PlatformCredential[] =>
  Object.entries(pairPurposes("broker", live)).map(([username, purpose]) => {
    return { username, mechanism: DEFAULT_MECHANISM, purpose };
  });

const purposeOf = (account: string, generation: number) =>
  `platform/${account}/${String(generation)}`;
const retiredOf = (account: string, generation: number) =>
  `platform/${account}/retired/${String(generation)}`;
