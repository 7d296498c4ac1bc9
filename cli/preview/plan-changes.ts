import {
  isArray,
  isMap,
  isSecret,
  mapValues,
  parseUrn,
  type PlannedResource,
  type PropertyValue,
  type ResourceRecord,
  ROOT_STACK_TYPE,
  UNKNOWN,
  unwrap,
} from "../../engine/index.ts";
import { type PolicyResource, secretValue, UNKNOWN as UNDECIDED } from "../../policy/resource.ts";
import type { Change } from "../../review/change.ts";

/** A planned resource in the words of policies and reports. */
export function changeOf(planned: PlannedResource): Change {
  const { before, after, declared, ...rest } = planned;
  const { name, type } = parseUrn(planned.urn);
  return {
    ...rest,
    name,
    type,
    before: before && policyResource(before),
    after: after && policyResource(after),
    declared: after && policyResource({ ...after, inputs: declared ?? after.inputs }),
  };
}

function policyResource(record: ResourceRecord): PolicyResource {
  const { urn, type, parent, protect, retainOnDelete } = record;
  const nested = parent !== "" && parseUrn(parent).type !== ROOT_STACK_TYPE;
  return {
    urn,
    type,
    name: parseUrn(urn).name,
    ...(nested && { parent }),
    inputs: mapValues(record.inputs, marked),
    options: { protect, retainOnDelete },
  };
}

/** Secrets and unknowns keep their marks, which are policies' own. */
function marked(value: PropertyValue): unknown {
  if (isSecret(value)) return secretValue(marked(unwrap(value)));
  if (value === UNKNOWN) return UNDECIDED;
  if (isArray(value)) return value.map(marked);
  return isMap(value) ? mapValues(value, marked) : value;
}
