import {
  alterClientQuotasV1,
  ClientQuotaMatchTypes,
  describeClientQuotasV1,
} from "@platformatic/kafka";

import { runBatch } from "./batch.ts";
import type { BrokerLink } from "./broker-link.ts";
import type { Deadline } from "./deadline.ts";
import { type Outcome, refusal } from "./errors.ts";

const ALTER_QUOTAS = ["AlterClientQuotas", alterClientQuotasV1.api] as const;
const DESCRIBE_QUOTAS = ["DescribeClientQuotas", describeClientQuotasV1.api] as const;

/** Whom a quota limits. Combined entities (user and client id) are left alone. */
export interface QuotaEntity {
  readonly type: "user" | "client-id" | "ip";
  /** Left out: the default entity, which limits everybody without a quota of their own. */
  readonly name?: string;
}

/** Quota keys and values, such as `consumer_byte_rate` in bytes per second and broker. */
export type QuotaValues = Readonly<Record<string, number>>;

export interface QuotaChange {
  readonly entity: QuotaEntity;
  readonly set: QuotaValues;
  readonly remove: readonly string[];
}

export interface QuotaDescription {
  readonly entity: QuotaEntity;
  readonly values: QuotaValues;
}

/** `user orders`, or `default user`. */
export function quotaEntityName({ type, name }: QuotaEntity): string {
  return name === undefined ? `default ${type}` : `${type} ${name}`;
}

/** Sets and removes exactly the keys named; removing an absent one is fine. */
export async function alterQuotas(
  link: BrokerLink,
  changes: readonly QuotaChange[],
  deadline: Deadline,
): Promise<Outcome[]> {
  return runBatch(changes, deadline, {
    key: ({ entity }) => quotaEntityName(entity),
    name: ({ entity }) => `quota of ${quotaEntityName(entity)}`,
    records: ({ set, remove }) => Object.keys(set).length + remove.length,
    send: async (part) => {
      const what = `altering ${part.length} quotas`;
      const answer = await link.write(ALTER_QUOTAS, what, deadline, part.map(toRequest), false);
      const results = new Map(answer.entries.map((one) => [entityOf(one.entity), one]));
      return part.map(({ entity }) => {
        const name = quotaEntityName(entity);
        const one = results.get(name);
        return one && refusal(`quota of ${name}`, one);
      });
    },
    unseen: async (pending) => {
      const types = pending.map(({ entity }) => entity.type);
      const quotas = await describeQuotas(link, types, deadline);
      const now = new Map(quotas.map(({ entity, values }) => [quotaEntityName(entity), values]));
      return pending.filter(
        ({ entity, set, remove }) => !hasChange(now.get(quotaEntityName(entity)), set, remove),
      );
    },
  });
}

/** All quotas of these entity types, defaults included; one request per type. */
export async function describeQuotas(
  link: BrokerLink,
  types: readonly QuotaEntity["type"][],
  deadline: Deadline,
): Promise<QuotaDescription[]> {
  const described: QuotaDescription[] = [];
  for (const entityType of new Set(types)) {
    const what = `listing quotas of type ${entityType}`;
    const any = [{ entityType, matchType: ClientQuotaMatchTypes.ANY }];
    const answer = await link.read(DESCRIBE_QUOTAS, what, deadline, any, true);
    const error = refusal(what, answer);
    if (error) throw error;
    for (const { entity, values } of answer.entries ?? []) {
      const name = entity[0]?.entityName ?? undefined;
      described.push({
        entity: { type: entityType, ...(name !== undefined && { name }) },
        values: Object.fromEntries(values.map(({ key, value }) => [key, value])),
      });
    }
  }
  return described;
}

function hasChange(now: QuotaValues = {}, set: QuotaValues, remove: readonly string[]): boolean {
  const isSet = ([key, value]: [string, number]) => now[key] === value;
  return Object.entries(set).every(isSet) && remove.every((key) => !(key in now));
}

type Requested = Parameters<typeof alterClientQuotasV1.createRequest>[0][number];

type Answered = ReturnType<typeof alterClientQuotasV1.parseResponse>["entries"][number];

function toRequest({ entity, set, remove }: QuotaChange): Requested {
  const ops = [
    ...Object.entries(set).map(([key, value]) => ({ key, value, remove: false })),
    ...remove.map((key) => ({ key, remove: true })),
  ];
  return {
    entities: [{ entityType: entity.type, entityName: entity.name ?? null }],
    // The broker judges the keys; the library's closed list of them would only age.
    ops: ops as Requested["ops"],
  };
}

function entityOf(entity: Answered["entity"]): string {
  const [first] = entity;
  if (first === undefined) return "";
  const name = first.entityName ?? undefined;
  return quotaEntityName({ type: first.entityType, ...(name !== undefined && { name }) });
}
