/** The brokers of the stack, by the numbers of their pods. */
export const BROKERS = [0, 1, 2] as const;
export type Broker = (typeof BROKERS)[number];

export const podOf = (broker: Broker): string => `kafka-${String(broker)}`;
