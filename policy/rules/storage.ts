import { quantity } from "../../model/values/quantity.ts";
import { EVERYWHERE, PRODUCTION, type ResourceRule, show, type StackRule, when } from "../rule.ts";
import type { Subject } from "../subject.ts";
import { CLAIM, NAMESPACE, STATEFUL_SET, TOPIC, VOLUME } from "../../model/stack/resource-types.ts";
import { brokersOf } from "./topics-together.ts";
import { GIB } from "../../model/values/units.ts";

/** Segments that are being deleted, indexes, and Kafka's own topics. */
const HEADROOM = 1.3;

/** Rules on what holds the records. */
export const STORAGE_RULES: readonly ResourceRule[] = [
  {
    id: "storage-class",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [CLAIM, STATEFUL_SET],
    title: "Every claim names its storage class",
    reason:
      "The default class is somebody else's decision, often one that deletes volumes with claims.",
    fix: "Set cluster.storage.class to a class whose reclaim policy is Retain.",
    check({ resource, fields }) {
      const specs =
        resource.type === CLAIM
          ? [fields.in("spec")]
          : fields
              .in("spec")
              .list("volumeClaimTemplates")
              .map((claim) => claim.in("spec"));
      return specs.flatMap((spec) =>
        when((spec.text("storageClassName") ?? "") === "", "storageClassName is missing"),
      );
    },
  },
  {
    id: "storage-kept",
    level: "mandatory",
    environments: PRODUCTION,
    types: [CLAIM, NAMESPACE, VOLUME, STATEFUL_SET],
    title: "What holds records is protected, and kept when what uses it goes",
    reason: "Deleting a namespace deletes the claims in it, and those their volumes.",
    fix: "Set kafka-platform:protection to true in the stack file.",
    check({ resource, fields }) {
      const { protect, retainOnDelete } = resource.options;
      if (resource.type === STATEFUL_SET) {
        const policy = fields.in("spec", "persistentVolumeClaimRetentionPolicy");
        return ["whenDeleted", "whenScaled"].flatMap((event) => {
          const at = `persistentVolumeClaimRetentionPolicy.${event}`;
          const given = policy.text(event);
          return when(given !== "Retain", `${at} is ${show(given)}; wanted "Retain"`);
        });
      }
      const kept = resource.type === VOLUME || retainOnDelete !== false;
      return [
        ...when(!protect, "the option protect is not set; wanted true"),
        ...when(!kept, "the option retainOnDelete is not set; wanted true"),
      ];
    },
  },
];

/** Bytes that a topic may grow to on all brokers; 0 where nothing bounds it. */
function bound({ fields }: Subject): number {
  const limit = Number(fields.in("config").text("retention.bytes") ?? -1);
  const copies = fields.number("replicationFactor") ?? 1;
  return limit > 0 ? limit * copies * (fields.number("partitions") ?? 1) : 0;
}

export const STORAGE_TOGETHER_RULES: readonly StackRule[] = [
  {
    id: "storage-size",
    level: "advisory",
    environments: PRODUCTION,
    title: "Volumes hold what topics may grow to, and a third more",
    reason: "A broker whose disk is full stops, and the next one takes over its load.",
    fix: "Raise cluster.storage.size, or lower retentionSize. Topics without one are not counted.",
    checkStack(stack) {
      const [claim] = stack.ofType(CLAIM);
      const brokers = brokersOf(stack);
      if (!claim || brokers === undefined) return [];
      const given = claim.fields.in("spec", "resources", "requests").scalar("storage");
      const size = quantity(given) ?? 0;
      const total = stack.ofType(TOPIC).reduce((sum, topic) => sum + bound(topic), 0);
      const wanted = (total / brokers) * HEADROOM;
      const message = `${gib(size)} a broker; topics may take ${gib(wanted)} with headroom`;
      return wanted > size ? [{ urn: claim.resource.urn, message }] : [];
    },
  },
];

const gib = (bytes: number): string => `${Math.ceil(bytes / GIB).toLocaleString("en-US")} GiB`;
