import type { Waiver } from "../model/agreements/waiver.ts";
import { Fields, Undecidable } from "./fields.ts";
import type { Finding } from "./finding.ts";
import type { PolicyResource } from "./resource.ts";
import { ACCOUNT, CLUSTER_COMPONENTS, MANAGED_TOPIC } from "../model/stack/resource-types.ts";
import { isInForce } from "../model/agreements/agreement.ts";

/** Components whose arguments carry waivers: those of a declaration, and those of the stack file. */
export const WAIVER_HOLDERS = [MANAGED_TOPIC, ACCOUNT, ...CLUSTER_COMPONENTS];

/** A waiver, and the component that carries it. */
export interface HeldWaiver extends Waiver {
  readonly holder: string;
}

/** The waivers that the arguments of a component carry. @throws Undecidable where they cannot be read */
export const readWaivers = ({ urn, type, inputs }: PolicyResource): readonly HeldWaiver[] =>
  WAIVER_HOLDERS.includes(type)
    ? new Fields(urn, inputs).list("waivers").map((given) => ({
        holder: urn,
        rule: (given.text("rule") ?? "") as Waiver["rule"],
        reason: given.text("reason") ?? "",
        by: given.text("owner") ?? "",
        until: given.text("until") ?? "",
        resource: given.text("resource"),
        domain: given.text("domain"),
      }))
    : [];

/** The same; what cannot be read waives nothing, and is a violation of its own. */
function heldBy(resource: PolicyResource): readonly HeldWaiver[] {
  try {
    return readWaivers(resource);
  } catch (error) {
    if (error instanceof Undecidable) return [];
    throw error;
  }
}

export const waiversIn = (resources: readonly PolicyResource[]): readonly HeldWaiver[] =>
  resources.flatMap(heldBy);

/** Findings with the waiver of each that has one, and the waivers that waived something. */
export interface Waived {
  readonly findings: readonly Finding[];
  readonly used: ReadonlySet<HeldWaiver>;
}

/** Gives each finding the waiver that covers it and holds, where there is one. */
export function waive(
  findings: readonly Finding[],
  resources: readonly PolicyResource[],
  waivers: readonly HeldWaiver[],
  today: Date,
): Waived {
  const holding = Map.groupBy(
    waivers.filter((waiver) => isInForce(waiver, today)),
    ({ rule }): string => rule,
  );
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const used = new Set<HeldWaiver>();
  const judged = findings.map((finding) => {
    const candidates = holding.get(finding.rule);
    if (!candidates) return finding;
    const lineage = lineageOf(finding.urn, byUrn);
    const waiver = candidates.find((one) => covers(one, lineage));
    if (!waiver) return finding;
    used.add(waiver);
    const { reason, by, until } = waiver;
    return { ...finding, waiver: { reason, by, until } };
  });
  return { findings: judged, used };
}

/** Whether it is for the resource whose lineage this is. */
const covers = (waiver: HeldWaiver, lineage: readonly PolicyResource[]): boolean =>
  waiver.resource === undefined
    ? lineage.some(({ urn }) => urn === waiver.holder)
    : lineage.some(({ name }) => name === waiver.resource);

/** The resource and everything that it is part of, from the inside out. */
function lineageOf(
  urn: string,
  byUrn: ReadonlyMap<string, PolicyResource>,
): readonly PolicyResource[] {
  const lineage: PolicyResource[] = [];
  let at = byUrn.get(urn);
  while (at !== undefined && !lineage.includes(at)) {
    lineage.push(at);
    at = at.parent === undefined ? undefined : byUrn.get(at.parent);
  }
  return lineage;
}
