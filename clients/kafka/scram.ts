import { pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";

import {
  alterUserScramCredentialsV0,
  describeUserScramCredentialsV0,
  ScramMechanisms,
} from "@platformatic/kafka";

import { runBatch } from "./batch.ts";
import type { BrokerLink } from "./broker-link.ts";
import type { Deadline } from "./deadline.ts";
import { type BrokerAnswer, KafkaAdminError, type Outcome, refusal } from "./errors.ts";

const ALTER_SCRAM = ["AlterUserScramCredentials", alterUserScramCredentialsV0.api] as const;
const DESCRIBE_SCRAM = [
  "DescribeUserScramCredentials",
  describeUserScramCredentialsV0.api,
] as const;

const RESOURCE_NOT_FOUND = 91;
const SALT_BYTES = 32;

/** Iterations when none are given; Kafka's least is 4096. */
const DEFAULT_SCRAM_ITERATIONS = 8192;

const MECHANISMS = {
  "SCRAM-SHA-256": { code: ScramMechanisms.SCRAM_SHA_256, hash: "sha256", bytes: 32 },
  "SCRAM-SHA-512": { code: ScramMechanisms.SCRAM_SHA_512, hash: "sha512", bytes: 64 },
} as const;

export type ScramMechanism = keyof typeof MECHANISMS;

/** One login of one user; a user may have one of each mechanism side by side. */
export interface ScramCredential {
  readonly username: string;
  readonly mechanism: ScramMechanism;
}

export interface NewScramCredential extends ScramCredential {
  readonly password: string;
  /** At least 4096. Default {@link DEFAULT_SCRAM_ITERATIONS}. */
  readonly iterations?: number;
}

export interface ScramDescription {
  readonly mechanism: ScramMechanism;
  readonly iterations: number;
}

export interface ScramUser {
  readonly username: string;
  readonly credentials: readonly ScramDescription[];
}

/**
 * Creates or overwrites credentials. The password is salted and hashed here and never leaves the
 * process. Two for one user in a request are refused by Kafka, so they go in different requests.
 */
export async function upsertScramCredentials(
  link: BrokerLink,
  credentials: readonly NewScramCredential[],
  deadline: Deadline,
): Promise<Outcome[]> {
  return runBatch(credentials, deadline, {
    key: ({ username }) => username,
    name: credentialName,
    send: async (part) => {
      const upsertions = await Promise.all(part.map(salted));
      const what = `setting ${part.length} SCRAM credentials`;
      const answer = await link.write(ALTER_SCRAM, what, deadline, [], upsertions);
      return outcomes(part, answer.results);
    },
    unseen: async (pending) => {
      const existing = await describe(link, pending, deadline);
      return pending.filter((one) => iterationsOf(existing, one) !== iterations(one));
    },
  });
}

/** Removes credentials; an absent one is fine. The user's other mechanism stays. */
export async function deleteScramCredentials(
  link: BrokerLink,
  credentials: readonly ScramCredential[],
  deadline: Deadline,
): Promise<Outcome[]> {
  return runBatch(credentials, deadline, {
    key: ({ username }) => username,
    name: credentialName,
    send: async (part) => {
      const deletions = part.map(({ username, mechanism }) => ({
        name: username,
        mechanism: MECHANISMS[mechanism].code,
      }));
      const what = `removing ${part.length} SCRAM credentials`;
      const { results } = await link.write(ALTER_SCRAM, what, deadline, deletions, []);
      return outcomes(
        part,
        results.filter(({ errorCode }) => errorCode !== RESOURCE_NOT_FOUND),
      );
    },
    unseen: async (pending) => {
      const existing = await describe(link, pending, deadline);
      return pending.filter((one) => iterationsOf(existing, one) !== undefined);
    },
  });
}

/** The mechanisms each user has, in the order of `usernames`; none for a user unknown to Kafka. */
export async function describeScramCredentials(
  link: BrokerLink,
  usernames: readonly string[],
  deadline: Deadline,
): Promise<(readonly ScramDescription[] | KafkaAdminError)[]> {
  if (usernames.length === 0) return [];
  const users = [...new Set(usernames)].map((name) => ({ name }));
  const what = `describing SCRAM credentials of ${users.length} users`;
  const answer = await link.read(DESCRIBE_SCRAM, what, deadline, users);
  const error = refusal(what, answer);
  if (error) throw error;
  const byUser = new Map(answer.results.map((one) => [one.user, one]));
  return usernames.map((username) => {
    const one = byUser.get(username);
    if (one === undefined || one.errorCode === RESOURCE_NOT_FOUND) return [];
    const failed = refusal(`SCRAM user ${username}`, one);
    return failed ?? one.credentialInfos.map(toDescription);
  });
}

/** Every user that can log in by SCRAM, with the mechanisms it has; in order of name. */
export async function listScramUsers(link: BrokerLink, deadline: Deadline): Promise<ScramUser[]> {
  const what = "listing SCRAM users";
  // None named is all of them.
  const answer = await link.read(DESCRIBE_SCRAM, what, deadline, []);
  const error = refusal(what, answer);
  if (error) throw error;
  return answer.results
    .map(({ user, credentialInfos }) => {
      return { username: user, credentials: credentialInfos.map(toDescription) };
    })
    .sort((one, other) => (one.username < other.username ? -1 : 1));
}

async function describe(
  link: BrokerLink,
  credentials: readonly ScramCredential[],
  deadline: Deadline,
): Promise<Map<string, readonly ScramDescription[] | KafkaAdminError>> {
  const usernames = credentials.map(({ username }) => username);
  const described = await describeScramCredentials(link, usernames, deadline);
  return new Map(usernames.map((username, i) => [username, described[i] ?? []]));
}

function iterationsOf(
  existing: ReadonlyMap<string, readonly ScramDescription[] | KafkaAdminError>,
  { username, mechanism }: ScramCredential,
): number | undefined {
  const described = existing.get(username);
  if (described === undefined || described instanceof KafkaAdminError) return undefined;
  return described.find((one) => one.mechanism === mechanism)?.iterations;
}

async function salted(credential: NewScramCredential) {
  const { username, mechanism, password } = credential;
  const { code, hash, bytes } = MECHANISMS[mechanism];
  const salt = randomBytes(SALT_BYTES);
  const count = iterations(credential);
  const saltedPassword = await promisify(pbkdf2)(password, salt, count, bytes, hash);
  return { name: username, mechanism: code, iterations: count, salt, saltedPassword };
}

function iterations({ iterations = DEFAULT_SCRAM_ITERATIONS }: NewScramCredential): number {
  return iterations;
}

function toDescription(info: { mechanism: number; iterations: number }): ScramDescription {
  const sha256 = info.mechanism === ScramMechanisms.SCRAM_SHA_256;
  return { mechanism: sha256 ? "SCRAM-SHA-256" : "SCRAM-SHA-512", iterations: info.iterations };
}

function credentialName({ username, mechanism }: ScramCredential): string {
  return `${mechanism} credential of user ${username}`;
}

function outcomes(
  credentials: readonly ScramCredential[],
  results: readonly (BrokerAnswer & { readonly user: string })[],
): Outcome[] {
  const byUser = new Map(results.map((one) => [one.user, one]));
  return credentials.map((credential) => {
    const one = byUser.get(credential.username);
    return one && refusal(credentialName(credential), one);
  });
}
