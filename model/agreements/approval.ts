import { z } from "zod";
import { type Agreement, agreementFields, isInForce, text } from "./agreement.ts";

/**
 * Changes of what a topic's declaration makes that somebody must agree to, and what each of them does.
 * Deleting it is none of them: see {@link retirementSchema}.
 */
export const TOPIC_CHANGES = {
  "partition-growth": "new records of a key may go to another partition than its older ones",
  "partition-decrease": "the topic is deleted with all its records and made again, empty",
  rename: "the topic is deleted with all its records, and an empty one is made",
  replacement: "the topic is deleted with all its records and made again, empty",
  "retention-cut": "records, or deletions that consumers have not seen, go earlier",
  "earlier-compaction": "older values of a key go earlier",
  "cleanup-policy": "records are dropped, or compacted, that were not before",
  "min-isr": "a record can be acknowledged with fewer copies of it",
  "unclean-election": "a replica that lacks acknowledged records may become leader",
} as const;

/** The same for an account. */
export const ACCOUNT_CHANGES = {
  "access-removal": "clients of the account are refused what they could do",
  "credential-removal": "nobody can log in with the credential any more",
} as const;

/** The same for what the stack file describes: brokers, volumes, the namespace. */
const STACK_CHANGES = {
  deletion: "what is on it is deleted, or out of reach",
  replacement: "it is deleted and made again",
  "volume-growth": "a volume never shrinks again",
  "one-way-setting": "there is no way back to the value before",
  other: "what it does is not known here",
} as const;

export type TopicChange = keyof typeof TOPIC_CHANGES;
export type AccountChange = keyof typeof ACCOUNT_CHANGES;
export type StackChange = keyof typeof STACK_CHANGES;
/** Every change that somebody must agree to. */
export type GuardedChange = TopicChange | AccountChange | StackChange;

/** Changes that protection stands in the way of, because they delete something. */
const DELETING: readonly string[] = [
  "partition-decrease",
  "rename",
  "replacement",
  "credential-removal",
];

const approvalOf = <Name extends string>(changes: Readonly<Record<Name, string>>) => {
  const names = Object.keys(changes) as [Name, ...Name[]];
  return z.strictObject({
    change: z
      .enum(names, {
        error: ({ input }) =>
          input === "deletion"
            ? "no deletion here: `retire` is what a deletion takes"
            : `one of ${names.join(", ")}`,
      })
      .describe("What is agreed to, as docs/guards.md lists it."),
    ...agreementFields,
  });
};

/** An agreement to one kind of change of a topic, with an end. */
export const topicApprovalSchema = approvalOf(TOPIC_CHANGES);
/** The same for an account. */
export const accountApprovalSchema = approvalOf(ACCOUNT_CHANGES);
/** The same for whatever no declaration makes, in the stack file. */
export const stackApprovalSchema = z.strictObject({
  change: z
    .enum(Object.keys(STACK_CHANGES) as [StackChange, ...StackChange[]], {
      error: `one of ${Object.keys(STACK_CHANGES).join(", ")}`,
    })
    .describe("What is agreed to, as docs/guards.md lists it."),
  ...agreementFields,
  resource: text("the logical name of a resource, such as data-kafka-0").describe(
    "Logical name of the resource.",
  ),
});

/** The first of two steps of a deletion: it lifts the protection; the next change removes the declaration. */
export const retirementSchema = z.strictObject(agreementFields);

export type StackApproval = z.output<typeof stackApprovalSchema>;

/** An approval, whatever it is for. */
export interface Approval extends Agreement {
  readonly change: GuardedChange;
  /** Logical name that it is for, in the stack file. @default what the declaration makes */
  readonly resource?: string | undefined;
}

/** What a declaration says of changes of itself. */
export interface Consent {
  readonly approve?: readonly Approval[] | undefined;
  readonly retire?: Agreement | undefined;
}

/** Whether protection is lifted: for a retirement, and for an approved change that deletes first. */
export const liftsProtection = ({ approve = [], retire }: Consent, today: Date): boolean =>
  (retire !== undefined && isInForce(retire, today)) ||
  approve.some((one) => DELETING.includes(one.change) && isInForce(one, today));
