import * as acls from "./acls.ts";
import type { ConnectOptions } from "./connect-options.ts";
import { BrokerLink } from "./broker-link.ts";
import { checkCluster, type ClusterDescription } from "./cluster.ts";
import type { KafkaAdminError, Outcome } from "./errors.ts";
import * as quotas from "./quotas.ts";
import * as reassignments from "./reassignments.ts";
import * as scram from "./scram.ts";
import * as configs from "./topic-configs.ts";
import * as description from "./topic-description.ts";
import * as topics from "./topics.ts";

/**
 * Administration of one Kafka cluster: the only user of the Kafka client library.
 *
 * Calls take many entries and put them into as few requests as Kafka accepts. A write answers with
 * one {@link Outcome} per entry, in order, once its effect is visible on the broker that took it.
 * What fails as a whole (no connection, no right) is thrown as a {@link KafkaAdminError}. Every call
 * ends within `deadlineMs`.
 */
export class KafkaAdmin {
  readonly #link: BrokerLink;

  private constructor(link: BrokerLink) {
    this.#link = link;
  }

  /** Reaches a broker and logs in. Call {@link checkCluster} to know that the user also has rights. */
  static async connect(options: ConnectOptions): Promise<KafkaAdmin> {
    const link = new BrokerLink(options);
    await link.open(link.deadline());
    return new KafkaAdmin(link);
  }

  /** How many requests of each kind were sent, by Kafka's name of them: for tests and measurements. */
  get requests(): ReadonlyMap<string, number> {
    return this.#link.requests;
  }

  async close(): Promise<void> {
    await this.#link.close();
  }

  /** The cluster, and the proof that the user is logged in and has the right to look. */
  async checkCluster(): Promise<ClusterDescription> {
    return checkCluster(this.#link, this.#link.deadline());
  }

  async createTopics(wanted: readonly topics.NewTopic[]): Promise<Outcome[]> {
    return topics.createTopics(this.#link, wanted, false, this.#link.deadline());
  }

  /** What {@link createTopics} would answer; nothing is created. */
  async validateTopics(wanted: readonly topics.NewTopic[]): Promise<Outcome[]> {
    return topics.createTopics(this.#link, wanted, true, this.#link.deadline());
  }

  async describeTopics(
    names: readonly string[],
  ): Promise<(description.TopicDescription | KafkaAdminError | undefined)[]> {
    return description.describeTopics(this.#link, names, this.#link.deadline());
  }

  /** All topics, internal ones included; refused rather than empty for a user without rights. */
  async listTopics(): Promise<string[]> {
    const deadline = this.#link.deadline();
    await checkCluster(this.#link, deadline);
    return description.listTopics(this.#link, deadline);
  }

  async createPartitions(counts: readonly topics.PartitionCount[]): Promise<Outcome[]> {
    return topics.createPartitions(this.#link, counts, this.#link.deadline());
  }

  async alterTopicConfigs(changes: readonly configs.TopicConfigChange[]): Promise<Outcome[]> {
    return configs.alterTopicConfigs(this.#link, changes, this.#link.deadline());
  }

  async deleteTopics(names: readonly string[]): Promise<Outcome[]> {
    return topics.deleteTopics(this.#link, names, this.#link.deadline());
  }

  /** Where every partition is, and every broker that is up. */
  async describeAssignments(): ReturnType<typeof reassignments.describeAssignments> {
    const deadline = this.#link.deadline();
    await checkCluster(this.#link, deadline);
    return reassignments.describeAssignments(this.#link, deadline);
  }

  async listReassignments(): Promise<reassignments.OngoingReassignment[]> {
    return reassignments.listReassignments(this.#link, this.#link.deadline());
  }

  /** Begins moves, or ends them; it does not wait for what is moved. */
  async alterReassignments(
    moves: Parameters<typeof reassignments.alterReassignments>[1],
  ): Promise<Outcome[]> {
    return reassignments.alterReassignments(this.#link, moves, this.#link.deadline());
  }

  async alterDynamicConfigs(changes: readonly reassignments.DynamicConfig[]): Promise<void> {
    return reassignments.alterDynamicConfigs(this.#link, changes, this.#link.deadline());
  }

  async createAcls(entries: readonly acls.AclBinding[]): Promise<Outcome[]> {
    return acls.createAcls(this.#link, entries, this.#link.deadline());
  }

  async describeAcls(): Promise<acls.AclBinding[]> {
    return acls.describeAcls(this.#link, this.#link.deadline());
  }

  async deleteAcls(entries: readonly acls.AclBinding[]): Promise<Outcome[]> {
    return acls.deleteAcls(this.#link, entries, this.#link.deadline());
  }

  async upsertScramCredentials(
    credentials: readonly scram.NewScramCredential[],
  ): Promise<Outcome[]> {
    return scram.upsertScramCredentials(this.#link, credentials, this.#link.deadline());
  }

  async describeScramCredentials(
    usernames: readonly string[],
  ): Promise<(readonly scram.ScramDescription[] | KafkaAdminError)[]> {
    return scram.describeScramCredentials(this.#link, usernames, this.#link.deadline());
  }

  async listScramUsers(): Promise<scram.ScramUser[]> {
    return scram.listScramUsers(this.#link, this.#link.deadline());
  }

  async deleteScramCredentials(credentials: readonly scram.ScramCredential[]): Promise<Outcome[]> {
    return scram.deleteScramCredentials(this.#link, credentials, this.#link.deadline());
  }

  async alterQuotas(changes: readonly quotas.QuotaChange[]): Promise<Outcome[]> {
    return quotas.alterQuotas(this.#link, changes, this.#link.deadline());
  }

  async describeQuotas(
    types: readonly quotas.QuotaEntity["type"][],
  ): Promise<quotas.QuotaDescription[]> {
    return quotas.describeQuotas(this.#link, types, this.#link.deadline());
  }
}
