/**
 * Operations at a time on either engine. The Kafka provider waits about a second for each object, so
 * that the default of the Pulumi CLI makes a large catalogue three times as slow.
 */
export const PARALLEL_OPERATIONS = 128;
