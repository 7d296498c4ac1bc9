import type { LiveBroker } from "./audit-view.ts";
import type { Context, Evidence, Judgement } from "./control.ts";

/** A property of a broker; undefined where it is not set, or not shown. */
export const value = (broker: LiveBroker, key: string): string | undefined =>
  broker.settings.get(key)?.value ?? undefined;

/** What is wrong with one property of each broker. */
export const each = (
  brokers: readonly LiveBroker[],
  key: string,
  isWrong: (value: string | undefined) => boolean,
): Evidence[] =>
  brokers
    .filter((broker) => isWrong(value(broker, key)))
    .map((broker) => ({
      subject: `broker ${String(broker.id)}, ${key}`,
      seen: `is ${value(broker, key) ?? "not set"}`,
    }));

/**
 * The same of a property whose value Kafka shows nobody: what the stack writes for it counts, and where
 * that is not known it has not been seen.
 */
export function hidden(
  brokers: readonly LiveBroker[],
  key: string,
  { declared }: Context,
  isWrong: (value: string) => boolean,
): Judgement {
  const set = brokers.filter(({ settings }) => settings.has(key));
  const judged = set.map((broker) => ({
    broker,
    known: value(broker, key) ?? declared.hiddenProperties.get(key),
  }));
  return {
    found: judged
      .filter(({ known }) => known !== undefined && isWrong(known))
      .map(({ broker, known }) => ({
        subject: `broker ${String(broker.id)}, ${key}`,
        seen: `is ${known ?? ""}`,
      })),
    hidden: judged
      .filter(({ known }) => known === undefined)
      .map(
        ({ broker }) => `broker ${String(broker.id)} sets ${key}, and Kafka shows nobody its value`,
      ),
  };
}
