import type { Approval, Consent, GuardedChange } from "../model/agreements/approval.ts";
import type { Agreement } from "../model/agreements/agreement.ts";
import type { PolicyResource } from "../policy/resource.ts";
import type { Holder } from "./approvals.ts";
import type { Change } from "./change.ts";
import {
  ACCOUNT,
  ACL,
  CLUSTER_COMPONENTS,
  CREDENTIAL,
  MANAGED_TOPIC,
  TOPIC,
} from "../model/stack/resource-types.ts";
import { at, isRecord, textAt } from "./property-value.ts";

/** What one declaration agrees to, or the stack file once. */
export interface GivenApprovals {
  /** Such as `topic orders`. */
  readonly subject: string;
  readonly consent: Consent;
}

/** What the old and the new program say about changes: who agreed to what. */
export class ApprovalSet {
  readonly #before: Side;
  readonly #after: Side;

  constructor(changes: readonly Change[]) {
    this.#before = new Side(changes.flatMap(({ before }) => before ?? []));
    this.#after = new Side(changes.flatMap(({ after, declared }) => declared ?? after ?? []));
  }

  /** Everything that the new program agrees to. */
  get given(): GivenApprovals[] {
    return this.#after.given;
  }

  /** Who can agree to a change, and what they have said: the old declaration of a deletion. */
  of({ urn, name, type, verb }: Change): { readonly holder: Holder; readonly consent: Consent } {
    const now = this.#after.holderOf(urn);
    const was = this.#before.holderOf(urn);
    const holder = HOLDERS[(now ?? was)?.type ?? type];
    if (holder !== undefined) {
      const retire = verb === "delete" ? this.#before.consentOf(was).retire : undefined;
      return { holder, consent: { approve: this.#after.consentOf(now).approve, retire } };
    }
    const side = this.#after.clusters.length > 0 ? this.#after : this.#before;
    const approve = side.clusters
      .flatMap((cluster) => side.consentOf(cluster).approve ?? [])
      .filter(({ resource }) => resource === name);
    return { holder: "stack", consent: { approve } };
  }
}

const COMPONENTS: Readonly<Record<string, Holder>> = {
  [MANAGED_TOPIC]: "topic",
  [ACCOUNT]: "account",
};
/** What belongs to no declaration needs one before anybody can agree to anything. */
const HOLDERS: Readonly<Record<string, Holder>> = {
  ...COMPONENTS,
  [TOPIC]: "topic",
  [ACL]: "account",
  [CREDENTIAL]: "account",
};

class Side {
  readonly clusters: readonly PolicyResource[];
  readonly #byUrn: ReadonlyMap<string, PolicyResource>;
  /** Each approval is one object, whoever asks for it. */
  readonly #consents: ReadonlyMap<string, Consent>;

  constructor(resources: readonly PolicyResource[]) {
    this.#byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    this.clusters = resources.filter(({ type }) => CLUSTER_COMPONENTS.includes(type));
    const holders = resources.filter(({ type }) => COMPONENTS[type] !== undefined);
    this.#consents = new Map(
      [...holders, ...this.clusters].map((holder) => {
        return [holder.urn, { approve: approvalsOf(holder), retire: retirementOf(holder) }];
      }),
    );
  }

  consentOf(holder: PolicyResource | undefined): Consent {
    return (holder && this.#consents.get(holder.urn)) ?? {};
  }

  get given(): GivenApprovals[] {
    return [...this.#consents].flatMap(([urn, consent]): GivenApprovals[] => {
      const { type = "", name = "" } = this.#byUrn.get(urn) ?? {};
      const holder = COMPONENTS[type];
      if (holder !== undefined) return [{ subject: `${holder} ${name}`, consent }];
      return (consent.approve ?? []).map((one) => {
        return { subject: one.resource ?? name, consent: { approve: [one] } };
      });
    });
  }

  /** The topic or account that a resource belongs to. */
  holderOf(urn: string): PolicyResource | undefined {
    const seen = new Set<string>();
    let found = this.#byUrn.get(urn);
    while (found !== undefined && COMPONENTS[found.type] === undefined && !seen.has(found.urn)) {
      seen.add(found.urn);
      found = found.parent === undefined ? undefined : this.#byUrn.get(found.parent);
    }
    return found && COMPONENTS[found.type] !== undefined ? found : undefined;
  }
}

/** What is not known, or of another shape, agrees to nothing. */
function approvalsOf(resource: Pick<PolicyResource, "inputs"> | undefined): Approval[] {
  const given = at(resource?.inputs, "approve");
  const all: unknown[] = Array.isArray(given) ? given : [];
  return all.filter(isRecord).map((one) => ({
    change: (textAt(one, "change") ?? "") as GuardedChange,
    ...consentOf(one),
    resource: textAt(one, "resource"),
  }));
}

function retirementOf(resource: Pick<PolicyResource, "inputs"> | undefined): Agreement | undefined {
  const given = at(resource?.inputs, "retire");
  return isRecord(given) ? consentOf(given) : undefined;
}

const consentOf = (given: unknown): Agreement => ({
  reason: textAt(given, "reason") ?? "",
  by: textAt(given, "by") ?? "",
  until: textAt(given, "until") ?? "",
});
