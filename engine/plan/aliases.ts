import type { Alias } from "../values/resource-options.ts";
import { makeQualifiedUrn, makeUrn, parseUrn, ROOT_STACK_TYPE } from "../values/urn.ts";

export interface Identity {
  readonly stack: string;
  readonly project: string;
  readonly parent: string;
  readonly type: string;
  readonly name: string;
}

/**
 * The URNs a resource may have had, in order of preference: its own aliases, then those that follow
 * from its parent having been found under another URN in this run (`parentWas`). A child named after
 * its parent is taken to have been named after the parent's old name.
 */
export function formerUrns(
  identity: Identity,
  aliases: readonly Alias[],
  wasCalled: (urn: string) => string | undefined,
): string[] {
  const own = aliases.map((alias) => collapse(identity, alias, wasCalled));
  const parentWas = identity.parent === "" ? undefined : wasCalled(identity.parent);
  if (parentWas === undefined) return [...new Set(own)];
  const parentName = parseUrn(identity.parent).name;
  const inherit = (type: string, name: string): string => {
    const old = parseUrn(parentWas);
    const oldName = name.startsWith(parentName) ? old.name + name.slice(parentName.length) : name;
    return makeQualifiedUrn(identity.stack, identity.project, old.qualifiedType, type, oldName);
  };
  const inherited = own.map((urn) => inherit(parseUrn(urn).type, parseUrn(urn).name));
  return [...new Set([...own, inherit(identity.type, identity.name), ...inherited])];
}

function collapse(
  identity: Identity,
  alias: Alias,
  wasCalled: (urn: string) => string | undefined,
): string {
  if ("urn" in alias) return alias.urn;
  const parent = alias.parent === "" ? identity.parent : (wasCalled(alias.parent) ?? alias.parent);
  const atRoot =
    alias.noParent || parent === "" || parseUrn(parent).qualifiedType === ROOT_STACK_TYPE;
  return makeUrn(
    alias.stack || identity.stack,
    alias.project || identity.project,
    atRoot ? "" : parent,
    alias.type || identity.type,
    alias.name || identity.name,
  );
}
