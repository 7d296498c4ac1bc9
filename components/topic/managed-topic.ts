import * as kafka from "@pulumi/kafka";
import * as pulumi from "@pulumi/pulumi";
import type { TopicSpec } from "../settings/topic-spec.ts";

export interface ManagedTopicArgs {
  /** Name in Kafka, and logical name of the topic resource. */
  readonly topicName: string;
  readonly spec: TopicSpec;
  /** Team that answers for it; recorded on the component for reviewers and policies. */
  readonly owner: string;
  readonly description: string;
}

/**
 * A declared topic. All its configuration belongs to the stack: the provider replaces a topic's whole
 * configuration on every change, so an override made elsewhere would vanish.
 */
export class ManagedTopic extends pulumi.ComponentResource {
  readonly topicName: string;

  constructor(name: string, args: ManagedTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kafka-platform:topic:ManagedTopic", name, args, opts);
    const { partitions, replicationFactor, config } = args.spec;

    new kafka.Topic(
      args.topicName,
      { name: args.topicName, partitions, replicationFactor, config },
      { parent: this },
    );

    this.topicName = args.topicName;
    this.registerOutputs({ topicName: this.topicName });
  }
}
