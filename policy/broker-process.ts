import { quantity } from "../model/values/quantity.ts";
import { CONTAINER } from "../model/stack/resource-types.ts";
import { GIB, KIB, MIB } from "../model/values/units.ts";
import type { Subject } from "./subject.ts";
import { containersOf, environmentOf, isBrokerSet } from "./workloads.ts";

/** Environment of the broker's container, and its memory in bytes. */
export interface BrokerProcess {
  readonly environment: Readonly<Record<string, string>>;
  readonly limit: number | undefined;
  readonly request: number | undefined;
}

/** What runs a broker; undefined for what runs no broker. */
export function brokerProcess(subject: Subject): BrokerProcess | undefined {
  const { resource, fields } = subject;
  if (resource.type === CONTAINER) {
    const environment = Object.fromEntries(
      fields.texts("envs").map((line) => {
        const [name = "", ...value] = line.split("=");
        return [name, value.join("=")] as const;
      }),
    );
    if (environment["QUORUM_MODE"] === undefined) return undefined;
    const memory = fields.number("memory");
    const bytes = memory === undefined ? undefined : memory * MIB;
    return { environment, limit: bytes, request: bytes };
  }
  if (!isBrokerSet(subject)) return undefined;
  const [container] = containersOf(subject);
  const amount = (part: "limits" | "requests") =>
    quantity(container?.in("resources", part).scalar("memory"));
  return {
    environment: container ? environmentOf(container) : {},
    limit: amount("limits"),
    request: amount("requests"),
  };
}

const UNIT: Readonly<Record<string, number>> = { k: KIB, m: MIB, g: GIB };

/** Bytes of an option such as `-Xmx512m`. */
export function heapOption(options: string, option: "-Xms" | "-Xmx"): number | undefined {
  const [, amount, unit = ""] =
    new RegExp(`(?:^|\\s)${option}(\\d+)([kmgKMG]?)`).exec(options) ?? [];
  return amount === undefined ? undefined : Number(amount) * (UNIT[unit.toLowerCase()] ?? 1);
}
