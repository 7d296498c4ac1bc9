import { aclKey, type AclBinding } from "../../../clients/kafka/acls.ts";
import type { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import type { Outcome } from "../../../clients/kafka/errors.ts";
import {
  type QuotaChange,
  type QuotaEntity,
  quotaEntityName,
  type QuotaValues,
} from "../../../clients/kafka/quotas.ts";
import type {
  NewScramCredential,
  ScramCredential,
  ScramDescription,
} from "../../../clients/kafka/scram.ts";
import type { TopicConfigChange } from "../../../clients/kafka/topic-configs.ts";
import type { TopicDescription } from "../../../clients/kafka/topic-description.ts";
import type { NewTopic, PartitionCount } from "../../../clients/kafka/topics.ts";
import { Coalescer } from "./coalesce.ts";

type Write<Entry> = Coalescer<Entry, undefined>;

/** What the Kafka drivers share for one provider: a connection, and one queue per kind of call. */
export interface KafkaClient {
  readonly admin: KafkaAdmin;
  readonly createTopic: Write<NewTopic>;
  readonly readTopic: Coalescer<string, TopicDescription | undefined>;
  readonly addPartitions: Write<PartitionCount>;
  readonly alterTopicConfigs: Write<TopicConfigChange>;
  readonly deleteTopic: Write<string>;
  readonly createAcl: Write<AclBinding>;
  readonly hasAcl: Coalescer<AclBinding, boolean>;
  readonly deleteAcl: Write<AclBinding>;
  readonly upsertCredential: Write<NewScramCredential>;
  readonly readCredentials: Coalescer<string, readonly ScramDescription[]>;
  readonly deleteCredential: Write<ScramCredential>;
  readonly alterQuota: Write<QuotaChange>;
  readonly readQuota: Coalescer<QuotaEntity, QuotaValues | undefined>;
}

export function kafkaClient(admin: KafkaAdmin): KafkaClient {
  return {
    admin,
    createTopic: writes((topics) => admin.createTopics(topics)),
    readTopic: new Coalescer<string, TopicDescription | undefined>((names) =>
      admin.describeTopics(names),
    ),
    addPartitions: writes((counts) => admin.createPartitions(counts)),
    alterTopicConfigs: writes((changes) => admin.alterTopicConfigs(changes)),
    deleteTopic: writes((names) => admin.deleteTopics(names)),
    createAcl: writes((acls) => admin.createAcls(acls)),
    hasAcl: new Coalescer(async (acls) => {
      const existing = new Set((await admin.describeAcls()).map(aclKey));
      return acls.map((acl) => existing.has(aclKey(acl)));
    }),
    deleteAcl: writes((acls) => admin.deleteAcls(acls)),
    upsertCredential: writes((credentials) => admin.upsertScramCredentials(credentials)),
    readCredentials: new Coalescer<string, readonly ScramDescription[]>((usernames) =>
      admin.describeScramCredentials(usernames),
    ),
    deleteCredential: writes((credentials) => admin.deleteScramCredentials(credentials)),
    alterQuota: writes((changes) => admin.alterQuotas(changes)),
    readQuota: new Coalescer(async (entities) => {
      const quotas = await admin.describeQuotas(entities.map(({ type }) => type));
      const values = new Map(quotas.map((quota) => [quotaEntityName(quota.entity), quota.values]));
      return entities.map((entity) => values.get(quotaEntityName(entity)));
    }),
  };
}

function writes<Entry>(run: (entries: readonly Entry[]) => Promise<Outcome[]>): Write<Entry> {
  return new Coalescer<Entry, undefined>(run);
}
