/** Group ids that Kafka takes, most of them of real applications. */
export const GROUP_IDS = [
  "connect-STACK_EXCHANGE_V1",
  "OrderService-Group",
  "_exp",
  "team/app:v1",
  "x".repeat(90),
  "a__b",
  "-",
  "Größe der Bestellung",
  String.raw`a|b::c\d`,
  "`code` <b>",
] as const;

/** Starts of names of groups. */
export const GROUP_PREFIXES = ["MOL-*", "cg-Control-*", "_*", "a|b/*"] as const;

export const TRANSACTIONAL_IDS = ["tx-Order-*", "Order-Service/7"] as const;
