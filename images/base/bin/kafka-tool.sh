#!/bin/bash
# Kafka's command-line tools: one launcher, reached through a link per tool (kafka-topics.sh …).
# Honours KAFKA_HEAP_OPTS and KAFKA_OPTS like Kafka's own scripts.
set -euo pipefail

tool=$(basename "$0" .sh)
case $tool in
  kafka-acls) class=org.apache.kafka.tools.AclCommand ;;
  kafka-broker-api-versions) class=org.apache.kafka.tools.BrokerApiVersionsCommand ;;
  kafka-client-metrics) class=org.apache.kafka.tools.ClientMetricsCommand ;;
  kafka-cluster) class=org.apache.kafka.tools.ClusterTool ;;
  kafka-configs) class=kafka.admin.ConfigCommand ;;
  kafka-console-consumer) class=org.apache.kafka.tools.consumer.ConsoleConsumer ;;
  kafka-console-producer) class=org.apache.kafka.tools.ConsoleProducer ;;
  kafka-console-share-consumer) class=org.apache.kafka.tools.consumer.ConsoleShareConsumer ;;
  kafka-consumer-groups) class=org.apache.kafka.tools.consumer.group.ConsumerGroupCommand ;;
  kafka-consumer-perf-test) class=org.apache.kafka.tools.ConsumerPerformance ;;
  kafka-delete-records) class=org.apache.kafka.tools.DeleteRecordsCommand ;;
  kafka-dump-log) class=org.apache.kafka.tools.DumpLogSegments ;;
  kafka-features) class=org.apache.kafka.tools.FeatureCommand ;;
  kafka-get-offsets) class=org.apache.kafka.tools.GetOffsetShell ;;
  kafka-groups) class=org.apache.kafka.tools.GroupsCommand ;;
  kafka-leader-election) class=org.apache.kafka.tools.LeaderElectionCommand ;;
  kafka-log-dirs) class=org.apache.kafka.tools.LogDirsCommand ;;
  kafka-metadata-quorum) class=org.apache.kafka.tools.MetadataQuorumCommand ;;
  kafka-producer-perf-test) class=org.apache.kafka.tools.ProducerPerformance ;;
  kafka-reassign-partitions) class=org.apache.kafka.tools.reassign.ReassignPartitionsCommand ;;
  kafka-share-groups) class=org.apache.kafka.tools.consumer.group.ShareGroupCommand ;;
  kafka-storage) class=kafka.tools.StorageTool ;;
  kafka-streams-application-reset) class=org.apache.kafka.tools.StreamsResetter ;;
  kafka-topics) class=org.apache.kafka.tools.TopicCommand ;;
  kafka-transactions) class=org.apache.kafka.tools.TransactionsCommand ;;
  *)
    echo "Unknown Kafka tool \"$tool\": start one of the kafka-*.sh links next to this file." >&2
    exit 64
    ;;
esac

# Word splitting is wanted: both variables hold several JVM options.
# shellcheck disable=SC2086
exec java ${KAFKA_HEAP_OPTS:--Xmx256m} -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  -Dlog4j2.configurationFile=/opt/kafka/config/tools-log4j2.properties \
  ${KAFKA_OPTS:-} -cp '/opt/kafka/libs/*' "$class" "$@"
