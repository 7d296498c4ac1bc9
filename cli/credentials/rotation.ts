import { EXPORTER_ACCOUNT } from "../../model/observability/exporter-access.ts";
import { z } from "zod";
import {
  KAFKA_UI_ACCOUNT,
  OPERATOR_ACCOUNT,
  PLATFORM_ACCOUNTS,
} from "../../model/credentials/platform-accounts.ts";
import { USER_PAIRS } from "../../model/credentials/platform-credentials.ts";
import {
  afterNextStep,
  describeCredentials,
  type AnyLive,
  liveCredentials,
  liveCredentialsSchema,
  liveUsersSchema,
  nextStep,
  type RotationStep,
  sameCredentials,
} from "../../model/credentials/rotation.ts";
import { noSuch } from "../../model/values/spelling.ts";
import { UserError } from "../../model/values/user-error.ts";

/** What a stack's outputs record of its credentials, by account; passwords are not part of it. */
export const credentialOutputs = z.object({
  credentials: z.record(
    z.string(),
    z.object({
      live: z.union([liveCredentialsSchema, liveUsersSchema]),
      rotateAfter: z.number().optional(),
    }),
  ),
});

export type CredentialRecords = z.output<typeof credentialOutputs>["credentials"];

/** What a step is decided from. */
export interface RotationFacts {
  readonly account: string;
  /** The stack's configuration: what accounts log in with that have been rotated. */
  readonly configured: Readonly<Record<string, AnyLive>>;
  /** What the stack's last run applied. */
  readonly applied: CredentialRecords;
  /** The step asked for. @default whichever is next */
  readonly step: RotationStep | undefined;
  /** ISO date. */
  readonly today: string;
  /** The command that applies the configuration. */
  readonly apply: string;
}

export interface PlannedStep {
  readonly step: RotationStep;
  readonly before: AnyLive;
  readonly after: AnyLive;
}

/**
 * The one step that may follow. A step counts once it has been applied to the stack.
 *
 * @throws UserError for an account that cannot be rotated, and for a step out of turn
 */
export function planStep(facts: RotationFacts): PlannedStep {
  const { account, configured, step, today, apply } = facts;
  const applied = appliedTo(facts);
  const before = Object.hasOwn(configured, account)
    ? (configured[account] as AnyLive)
    : firstCredential(account, applied);
  if (!sameCredentials(before, applied)) {
    throw new UserError(
      `The configuration says ${describeCredentials(before)} for ${account}, but the stack has ` +
        `${describeCredentials(applied)}: a step counts once it is applied. Run \`${apply}\` first.`,
    );
  }
  const next = nextStep(before);
  if (step !== undefined && step !== next) {
    throw new UserError(
      `--step ${step}: ${account} has ${describeCredentials(before)}, so the next step is ${next}. ` +
        "None can be skipped: clients would be locked out.",
    );
  }
  return { step: next, before, after: afterNextStep(before, today) };
}

/** What an account starts with, by the mechanism that it was declared with. */
function firstCredential(account: string, [applied]: AnyLive): AnyLive {
  const declared = applied.generation === 1 && "mechanism" in applied;
  return liveCredentials({}, account, declared ? applied.mechanism : undefined);
}

function appliedTo({ account, applied }: RotationFacts): AnyLive {
  if (Object.hasOwn(applied, account)) return (applied[account] as CredentialRecords[string]).live;
  if (Object.values<string>(PLATFORM_ACCOUNTS).includes(account)) {
    throw new UserError(
      `${account} is an account of the platform itself, which is not rotated in this stack: its ` +
        "password never leaves the broker's own container.",
    );
  }
  throw new UserError(noSuch("account", account, Object.keys(applied), " in this stack"));
}

/** What to do after a step, one sentence a line. */
export function adviceAfter(
  { step }: PlannedStep,
  { account, apply, flags }: { account: string; apply: string; flags: string },
): string[] {
  const again = `\`npm run rotate -- ${account}${flags}\``;
  switch (step) {
    case "set":
      return [
        `Next: \`${apply}\`. Clients keep working with the credential they have.`,
        `Then: ${again} hands the new one out.`,
      ];
    case "hand-out":
      return [
        `Next: \`${apply}\`, ${handOver(account, flags)}`,
        `Then: when nobody uses the old one, ${again} retires it.`,
      ];
    case "retire":
      return [
        `Next: \`${apply}\`. From then on nobody logs in with the old credential, and who is logged in with it ` +
          "is cut off when the session ends, within a quarter of an hour by default.",
        "Sooner: docs/runbooks/leaked-password.md.",
      ];
  }
}

/** How the new credential reaches whoever logs in with it. */
function handOver(account: string, flags: string): string {
  if (account === KAFKA_UI_ACCOUNT) return "which restarts Kafka UI with the new credential.";
  if (account === EXPORTER_ACCOUNT) return "which restarts the exporter with the new credential.";
  if (account === OPERATOR_ACCOUNT)
    return "after which commands that look log in with the new one.";
  if (account === PLATFORM_ACCOUNTS.admin) return "which itself logs in with the new one.";
  if (USER_PAIRS.some((pair) => pair === account)) {
    return "which restarts the brokers one by one with the new user.";
  }
  return (
    `then give every client of ${account} the new credential: ` +
    `\`npm run client -- ${account}${flags}\`. The old one keeps working.`
  );
}
