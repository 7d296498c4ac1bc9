/**
 * What runs, pinned. Kafka 4.4.0 is listed but not all of its artefacts are published, hence 4.3.1.
 */
export const KAFKA_VERSION = "4.3.1";

/** Version of the metadata that a new cluster starts with. */
export const KAFKA_METADATA_VERSION = "4.3";

/** The official image, base of ours. */
export const KAFKA_BASE_IMAGE = `apache/kafka:${KAFKA_VERSION}`;

/** A base with the same layout, which this machine makes where the official one is out of reach. */
export const LOCAL_BASE_IMAGE = `kafka-platform/base:${KAFKA_VERSION}`;

/** Kafka UI (kafbat), last looked at 2026-11. */
export const KAFKA_UI_IMAGE = "ghcr.io/kafbat/kafka-ui:v1.5.0";
