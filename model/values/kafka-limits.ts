/** The largest value of Kafka's type `int`. */
export const MAX_INT = 2 ** 31 - 1;

/** The largest value of Kafka's type `long`, which is more than a number of JavaScript holds. */
export const MAX_LONG = 2n ** 63n - 1n;

/** Characters that the name of a topic may have. */
export const MAX_TOPIC_NAME_LENGTH = 249;

/** Every name of a topic that Kafka accepts, those that it reserves for itself included. */
export const TOPIC_NAME = new RegExp(`^(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,${MAX_TOPIC_NAME_LENGTH}}$`);
