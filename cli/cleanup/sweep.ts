import { randomBytes } from "node:crypto";
import { PLATFORM_ACCOUNTS } from "../../model/credentials/platform-accounts.ts";
import type { KafkaAdmin } from "../../clients/kafka/admin.ts";
import { KafkaAdminError, type Outcome } from "../../clients/kafka/errors.ts";
import type { ScramUser } from "../../clients/kafka/scram.ts";
import type { Inventory, Stray } from "./strays.ts";

/** Looks at everything in the cluster that a program could have declared. */
export async function takeInventory(
  admin: KafkaAdmin,
): Promise<Inventory & { users: ScramUser[] }> {
  const described = await admin.describeTopics(await admin.listTopics());
  const topics = described.flatMap((topic) => {
    if (topic instanceof KafkaAdminError) throw topic;
    return topic ?? [];
  });
  const users = await admin.listScramUsers();
  return {
    topics,
    acls: await admin.describeAcls(),
    credentials: users.flatMap(({ username, credentials }) =>
      credentials.map(({ mechanism }) => ({ username, mechanism })),
    ),
    quotas: await admin.describeQuotas(["user", "client-id", "ip"]),
    users,
  };
}

/** What came of a stray that was to go. */
export interface Removal {
  readonly stray: Stray;
  readonly error: Outcome;
  /** Whether a credential was overwritten instead, so that it is of no use to anybody. */
  readonly overwritten: boolean;
}

/**
 * Removes strays, rights first and records last. What fails does not keep the rest from going, and a
 * second run takes up where this one ended: removing what is gone is no fault.
 *
 * Kafka can lose the users of a mechanism when one of them is removed (`scram-anchor-csh` says more);
 * where the anchor account does not guard it, a credential is overwritten and stays.
 */
export async function remove(
  admin: KafkaAdmin,
  found: readonly Stray[],
  users: readonly ScramUser[],
): Promise<Removal[]> {
  const of = <Kind extends Stray["kind"]>(kind: Kind) =>
    found.filter((stray): stray is Extract<Stray, { kind: Kind }> => stray.kind === kind);
  const told = (some: readonly Stray[], outcomes: readonly Outcome[], overwritten = false) =>
    some.map((stray, at): Removal => ({ stray, error: outcomes[at], overwritten }));

  const [acls, credentials, quotas, topics] = [
    of("ACL"),
    of("credential"),
    of("quota"),
    of("topic"),
  ];
  const guarded = credentials.filter(({ credential }) => isGuarded(credential.mechanism, users));
  const bare = credentials.filter((stray) => !guarded.includes(stray));
  return [
    ...told(acls, await admin.deleteAcls(acls.map(({ acl }) => acl))),
    ...told(
      guarded,
      await admin.deleteScramCredentials(guarded.map(({ credential }) => credential)),
    ),
    ...told(bare, await admin.upsertScramCredentials(bare.map(withoutUse)), true),
    ...told(
      quotas,
      await admin.alterQuotas(
        quotas.map(({ quota: { entity, values } }) => {
          return { entity, set: {}, remove: Object.keys(values) };
        }),
      ),
    ),
    ...told(topics, await admin.deleteTopics(topics.map(({ topic }) => topic.name))),
  ];
}

const isGuarded = (mechanism: string, users: readonly ScramUser[]): boolean =>
  users.some(
    ({ username, credentials }) =>
      username === PLATFORM_ACCOUNTS.anchor &&
      credentials.some((credential) => credential.mechanism === mechanism),
  );

const withoutUse = ({ credential }: Extract<Stray, { kind: "credential" }>) => ({
  ...credential,
  password: randomBytes(32).toString("hex"),
});
