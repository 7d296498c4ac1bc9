/** Bytes of each unit. Binary units only: Kafka's limits are powers of two. */
export const BYTES = {
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
} as const;

export const { KiB: KIB, MiB: MIB, GiB: GIB, TiB: TIB } = BYTES;

export const MILLISECONDS = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
} as const;
