import {
  TOPIC_CONFIG_KEYS,
  type TopicConfigKey,
} from "../components/settings/topic-config-keys.ts";
import { TOPIC } from "./change.ts";

const DURATIONS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
] as const;
const SIZES = [
  [" TiB", 2 ** 40],
  [" GiB", 2 ** 30],
  [" MiB", 2 ** 20],
  [" KiB", 2 ** 10],
  [" B", 1],
] as const;

/** Kafka's largest long: what it takes for "never" and "no limit". */
const MAX_LONG = 2 ** 63;

/** Milliseconds as people write them: `7d`, `36h`, `about 1.2h`. */
export const humanDuration = (milliseconds: number): string => human(milliseconds, DURATIONS);

/** Bytes as people write them: `1 GiB`, `about 1.05 MiB`. */
export const humanSize = (bytes: number): string => human(bytes, SIZES);

function human(amount: number, units: readonly (readonly [string, number])[]): string {
  if (amount === 0) return `0${units.at(-1)?.[0] ?? ""}`;
  const exact = units.find(([, size]) => amount % size === 0 && amount / size < 10_000);
  if (exact) return `${String(amount / exact[1])}${exact[0]}`;
  const [unit, size] = units.find(([, factor]) => amount >= factor) ?? ["", 1];
  return `about ${(amount / size).toFixed(2)}${unit}`;
}

/**
 * What a raw value means, in units people use; undefined where it says that itself.
 *
 * @param path of the property, such as `config.retention.ms`
 */
export function humanValue(type: string, path: string, raw: unknown): string | undefined {
  const kind = unitOf(type, path);
  const amount = typeof raw === "string" && raw !== "" ? Number(raw) : raw;
  if (kind === undefined || typeof amount !== "number" || !Number.isFinite(amount)) {
    return undefined;
  }
  if (amount === -1) return "unlimited";
  if (amount >= MAX_LONG) return "never";
  if (kind === "duration") return humanDuration(amount);
  return kind === "size" ? humanSize(amount) : `${humanSize(amount)}/s`;
}

function unitOf(type: string, path: string): "duration" | "size" | "rate" | undefined {
  const key = path.startsWith("config.") ? path.slice("config.".length) : undefined;
  if (type === TOPIC && key !== undefined && Object.hasOwn(TOPIC_CONFIG_KEYS, key)) {
    const rule: TopicConfigKey = TOPIC_CONFIG_KEYS[key as keyof typeof TOPIC_CONFIG_KEYS];
    return rule.type === "duration" || rule.type === "size" ? rule.type : undefined;
  }
  return type === "kafka:index/quota:Quota" && key?.endsWith("_byte_rate") ? "rate" : undefined;
}

const QUANTITY: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** A Kubernetes quantity of bytes, such as `100Gi`; undefined for what is none. */
export function quantityBytes(quantity: unknown): number | undefined {
  if (typeof quantity === "number") return quantity;
  if (typeof quantity !== "string") return undefined;
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)([kMGTP]|[KMGTP]i)?$/.exec(quantity) ?? [];
  const factor = QUANTITY[unit];
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor;
}
