import { randomBytes } from "node:crypto";
import { PLATFORM_ACCOUNTS } from "../../model/credentials/platform-accounts.ts";
import type { KafkaAdmin } from "../../clients/kafka/admin.ts";
import { KafkaAdminError, type Outcome } from "../../clients/kafka/errors.ts";
import type { ScramUser } from "../../clients/kafka/scram.ts";
import type { Inventory, Orphan } from "./orphans.ts";

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

/** What came of a orphan that was to go. */
export interface Removal {
  readonly orphan: Orphan;
  readonly error: Outcome;
  /** Whether a credential was overwritten instead, so that it is of no use to anybody. */
  readonly overwritten: boolean;
}

/**
 * Removes orphans, rights first and records last. What fails does not keep the rest from going, and a
 * second run takes up where this one ended: removing what is gone is no fault.
 *
 * Kafka can lose the users of a mechanism when one of them is removed (`scram-anchor-csh` says more);
 * where the anchor account does not guard it, a credential is overwritten and stays.
 */
export async function remove(
  admin: KafkaAdmin,
  found: readonly Orphan[],
  users: readonly ScramUser[],
): Promise<Removal[]> {
  const of = <Kind extends Orphan["kind"]>(kind: Kind) =>
    found.filter((orphan): orphan is Extract<Orphan, { kind: Kind }> => orphan.kind === kind);
  const told = (some: readonly Orphan[], outcomes: readonly Outcome[], overwritten = false) =>
    some.map((orphan, at): Removal => ({ orphan, error: outcomes[at], overwritten }));

  const [acls, credentials, quotas, topics] = [
    of("ACL"),
    of("credential"),
    of("quota"),
    of("topic"),
  ];
  const guarded = credentials.filter(({ credential }) => isGuarded(credential.mechanism, users));
  const bare = credentials.filter((orphan) => !guarded.includes(orphan));
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

const withoutUse = ({ credential }: Extract<Orphan, { kind: "credential" }>) => ({
  ...credential,
  password: randomBytes(32).toString("hex"),
});
