/** What is recorded of a stack, read without running anything. */
import { type StackTarget, type State, StoredState } from "../state/state.ts";
import { displayAll, type DisplayProperties, type PropertyMap } from "../values/property-values.ts";
import { parseUrn, ROOT_STACK_TYPE } from "../values/urn.ts";

/** What the state says of one resource, without its properties. */
export interface ResourceSummary {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Empty for components. */
  readonly id: string;
  readonly protect: boolean;
}

/** The stack's outputs as recorded. The passphrase is needed for secrets only. */
export async function readOutputs(
  target: StackTarget,
  { showSecrets }: { readonly showSecrets: boolean },
): Promise<DisplayProperties> {
  const stored = await StoredState.read(target);
  const state = showSecrets ? await stored.open(target.passphrase) : stored.openWithoutSecrets();
  return displayAll(stackOutputs(state), showSecrets);
}

/** What is recorded of the stack, secrets included: nothing for a stack this engine never ran. */
export async function readState(target: StackTarget): Promise<State> {
  return (await StoredState.read(target)).open(target.passphrase);
}

/** What the state holds; empty for a stack this engine never ran. Needs no passphrase. */
export async function listResources(target: StackTarget): Promise<ResourceSummary[]> {
  const state = (await StoredState.read(target)).openWithoutSecrets();
  return [...state.resources.values()].map(({ urn, type, id, protect }) => {
    return { urn, type, name: parseUrn(urn).name, id, protect };
  });
}

/** The outputs of the stack itself. */
export function stackOutputs(state: State): PropertyMap {
  const root = [...state.resources.values()].find(({ type }) => type === ROOT_STACK_TYPE);
  return root?.outputs ?? {};
}
