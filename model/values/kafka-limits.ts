/** The largest value of Kafka's type `int`. */
export const MAX_INT = 2 ** 31 - 1;

/** Kafka's type `long` ends at 2^63-1; nobody means a figure above this one. */
export const MAX_LONG = Number.MAX_SAFE_INTEGER;

/** Characters that the name of a topic may have. */
export const MAX_TOPIC_NAME_LENGTH = 249;

/** Every name of a topic that Kafka accepts, those that it reserves for itself included. */
export const TOPIC_NAME = new RegExp(`^(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,${MAX_TOPIC_NAME_LENGTH}}$`);
