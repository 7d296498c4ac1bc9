import * as kafka from "@pulumi/kafka";
import * as pulumi from "@pulumi/pulumi";
import type { Consent } from "../../model/agreements/approval.ts";
import type { TopicSpec } from "../../model/topic/topic-spec.ts";
import type { RecordedWaiver } from "../../model/agreements/waiver.ts";

export interface ManagedTopicArgs extends Consent {
  /** Name in Kafka, and logical name of the topic resource. */
  readonly topicName: string;
  /** Partitions, replication factor, and its whole configuration by Kafka's keys. */
  readonly spec: TopicSpec;
  // What follows is recorded on the component, for reviewers and policies.
  /** Team that answers for it. */
  readonly owner: string;
  /** What its records are, in a sentence. */
  readonly description: string;
  /** Who may see its records, in the catalogue's words. */
  readonly classification: string;
  /** Whether its records must never be lost: a policy asks for more before it goes. */
  readonly guarded: boolean;
  /** Why it has more partitions than is usual. @default it has not */
  readonly partitionsReason?: string | undefined;
  /** Rules of the policies that it breaks on purpose. @default none */
  readonly waivers?: readonly RecordedWaiver[] | undefined;
  /** Looks at a change of the topic itself before it is made. @default none */
  readonly hooks?: pulumi.ResourceHookBinding | undefined;
}

/**
 * A declared topic. All its configuration belongs to the stack: the provider replaces a topic's whole
 * configuration on every change, so an override made elsewhere would vanish. Needs the provider `kafka`.
 *
 * @example
 * new ManagedTopic("orders", {
 *   topicName: "orders",
 *   spec: { partitions: 6, replicationFactor: 3, config: { "min.insync.replicas": "2" } },
 *   owner: "shop",
 *   description: "Orders as they are placed.",
 *   classification: "internal",
 *   guarded: false,
 * });
 */
export class ManagedTopic extends pulumi.ComponentResource {
  readonly topicName: string;
  /** The topic itself. */
  readonly topic: kafka.Topic;

  constructor(
    name: string,
    { hooks, ...args }: ManagedTopicArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("kafka-platform:topic:ManagedTopic", name, args, opts);
    const { partitions, replicationFactor, config } = args.spec;

    this.topic = new kafka.Topic(
      args.topicName,
      { name: args.topicName, partitions, replicationFactor, config },
      { parent: this, ...(hooks && { hooks }) },
    );

    this.topicName = args.topicName;
    this.registerOutputs({ topicName: this.topicName });
  }
}
