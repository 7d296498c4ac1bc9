import type { Alias as AliasMessage } from "@pulumi/pulumi/proto/alias_pb.js";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { UserError } from "../../model/values/user-error.ts";
import type { ResourceGoal } from "../plan/resource-goal.ts";
import { DURATION, nanoseconds } from "../values/durations.ts";
import { unsupported } from "../values/failure.ts";
import type { Alias, HookNames, HookPhase, Timeouts } from "../values/resource-options.ts";
import { urnOfProviderReference } from "../values/urn.ts";
import { fromWire } from "../values/wire.ts";

/** Reads a registration. Throws {@link UserError} naming what the engine does not support. */
export function readGoal(request: RegisterResourceRequest): ResourceGoal {
  refuseUnsupported(request);
  const propertyDependencies: (readonly [string, readonly string[]])[] = [];
  request.getPropertydependenciesMap().forEach((urns, property) => {
    propertyDependencies.push([property, urns.getUrnsList()]);
  });
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    parent: request.getParent(),
    provider: urnOfProviderReference(request.getProvider()),
    inputs: fromWire(request.getObject()),
    dependencies: request.getDependenciesList(),
    propertyDependencies: Object.fromEntries(propertyDependencies),
    protect: request.hasProtect() ? request.getProtect() : undefined,
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    deleteBeforeReplace: request.getDeletebeforereplacedefined()
      ? request.getDeletebeforereplace()
      : undefined,
    deletedWith: request.getDeletedwith(),
    timeouts: readTimeouts(request),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: [
      ...request.getAliasurnsList().map((urn) => ({ urn })),
      ...request.getAliasesList().map(readAlias),
    ],
    hooks: readHooks(request),
  };
}

function refuseUnsupported(request: RegisterResourceRequest): void {
  const hooks = request.getHooks();
  const refusals: readonly (readonly [boolean, string])[] = [
    [request.getRemote(), `remote components such as ${request.getType()}`],
    [request.getImportid() !== "", "the option import"],
    [request.getTransformsList().length > 0, "the option transforms"],
    [request.getReplaceWithList().length > 0, "the option replaceWith"],
    [request.hasReplacementTrigger(), "the option replacementTrigger"],
    [request.getStateMigrationsList().length > 0, "the option stateMigrations"],
    [request.getEnvvarmappingsMap().getLength() > 0, "the option envVarMappings"],
    [request.getPackageref() !== "", "parameterized packages"],
    [(hooks?.getOnErrorList().length ?? 0) > 0, "onError hooks"],
  ];
  for (const [present, what] of refusals) {
    if (present) throw unsupported(`${what} (resource "${request.getName()}")`);
  }
}

function readTimeouts(request: RegisterResourceRequest): Timeouts {
  const timeouts = request.getCustomtimeouts();
  const given = Object.entries({
    create: timeouts?.getCreate(),
    update: timeouts?.getUpdate(),
    delete: timeouts?.getDelete(),
  }).filter(([, text]) => text);
  return Object.fromEntries(
    given.map(([operation, text = ""]) => {
      if (DURATION.test(text)) return [operation, nanoseconds(text) / 1e9];
      throw new UserError(
        `customTimeouts.${operation} of "${request.getName()}" is "${text}"; wanted a duration such as "10m" or "1h30m"`,
      );
    }),
  );
}

function readAlias(message: AliasMessage): Alias {
  const spec = message.getSpec();
  if (spec === undefined) return { urn: message.getUrn() };
  return {
    name: spec.getName(),
    type: spec.getType(),
    stack: spec.getStack(),
    project: spec.getProject(),
    parent: spec.getParenturn(),
    noParent: spec.getNoparent(),
  };
}

function readHooks(request: RegisterResourceRequest): HookNames {
  const hooks = request.getHooks();
  if (hooks === undefined) return {};
  const names: Record<HookPhase, readonly string[]> = {
    beforeCreate: hooks.getBeforeCreateList(),
    afterCreate: hooks.getAfterCreateList(),
    beforeUpdate: hooks.getBeforeUpdateList(),
    afterUpdate: hooks.getAfterUpdateList(),
    beforeDelete: hooks.getBeforeDeleteList(),
    afterDelete: hooks.getAfterDeleteList(),
  };
  return Object.fromEntries(Object.entries(names).filter(([, list]) => list.length > 0));
}
