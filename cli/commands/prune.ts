import { OWN_ACCOUNTS } from "../../model/stack/own-accounts.ts";
import { UserError } from "../../model/values/user-error.ts";
import type { KafkaAdmin } from "../../clients/kafka/admin.ts";
import { asAdmin } from "../stack/admin-connection.ts";
import { formatOf, isSet, text } from "../terminal/arguments.ts";
import {
  EXIT,
  type Arguments,
  type Command,
  FORMAT,
  stackFlags,
  YES,
} from "../terminal/command.ts";
import { confirmed } from "../terminal/confirm.ts";
import { declaredAccess } from "../access/declared-access.ts";
import { declaredCatalogue } from "../stack/declared-catalogue.ts";
import { stackConfig } from "../stack/effective-config.ts";
import { engineOf } from "../engines/engine-facts.ts";
import { declaredIdentities, recordedIdentities } from "../cleanup/kafka-identities.ts";
import { declaredPrefixes, topicCreator } from "../cleanup/name-owners.ts";
import { type Stack, stackOf } from "../stack/project.ts";
import { stackResources } from "../stack/stack-resources.ts";
import { type Ownership, type Orphan, orphans } from "../cleanup/orphans.ts";
import { remove, takeInventory } from "../cleanup/prune.ts";
import { removalLines, orphanLines } from "../cleanup/orphan-text.ts";

export const command: Command = {
  description:
    "Each with its likely cause. Nothing is removed without --execute, which asks first.",
  needsAttention: "something of ours is left",
  flags: {
    ...stackFlags,
    owned: {
      type: "string",
      value: "NAME,NAME*",
      description: "further topics and accounts that are ours, whole names or beginnings",
    },
    execute: { type: "boolean", description: "remove what is ours, topics with all their records" },
    yes: YES,
    format: FORMAT,
  },
  async run(args) {
    const stack = stackOf(args);
    const engine = await engineOf(args, stack);
    const ownership = ownershipOf(stack, await stackResources(engine, stack), ownedNames(args));
    return asAdmin(engine, stack, (admin) => prune(admin, ownership, args, stack));
  },
};

async function prune(
  admin: KafkaAdmin,
  ownership: Ownership,
  args: Arguments,
  stack: Stack,
): Promise<number> {
  const format = formatOf(args);
  await admin.checkCluster();
  const inventory = await takeInventory(admin);
  const found = orphans(inventory, ownership);
  const ours = found.filter(({ claim }) => claim === "ours");
  const execute = isSet(args, "execute");
  if (format === "text") console.log(orphanLines(found).join("\n"));
  if (!execute || ours.length === 0) {
    if (format === "json") console.log(asJson({ found }));
    else if (ours.length > 0) {
      const again = `npx kafka-platform prune --stack ${stack.name} --execute`;
      console.log(`\nNothing was changed. \`${again}\` removes the ${ours.length} that are ours.`);
    }
    return ours.length === 0 ? EXIT.fine : EXIT.needsAttention;
  }
  await confirmed(args, questionOf(ours));
  const removals = await remove(admin, ours, inventory.users);
  if (format === "json") {
    const outcomes = removals.map(({ orphan: { kind, name }, error, overwritten }) => {
      return { kind, name, overwritten, error: error?.message ?? null };
    });
    console.log(asJson({ found, removals: outcomes }));
  } else console.log(["", ...removalLines(removals)].join("\n"));
  return removals.some(({ error }) => error) ? EXIT.error : EXIT.fine;
}

const asJson = ({
  found,
  ...rest
}: {
  readonly found: readonly Orphan[];
  readonly removals?: unknown;
}) =>
  JSON.stringify(
    { found: found.map(({ kind, name, claim, cause }) => ({ kind, name, claim, cause })), ...rest },
    undefined,
    2,
  );

function ownershipOf(
  stack: Stack,
  resources: Awaited<ReturnType<typeof stackResources>>,
  owned: readonly string[],
): Ownership {
  const config = stackConfig(stack);
  const catalogue = declaredCatalogue();
  const access = declaredAccess(catalogue, config);
  const accounts = access.accounts.map(({ username }) => username);
  return {
    declared: declaredIdentities(catalogue, access, config),
    recorded: recordedIdentities(resources),
    accounts,
    formerAccounts: Object.keys(config.credentials).filter(
      (name) => !accounts.includes(name) && !Object.hasOwn(OWN_ACCOUNTS, name),
    ),
    prefixes: declaredPrefixes(catalogue),
    creatorOf: topicCreator(access),
    owned,
  };
}

function ownedNames(args: Arguments): string[] {
  const names = (text(args, "owned") ?? "").split(",").filter((name) => name !== "");
  const tooMuch = names.find((name) => /^[_*]*\*$/.test(name));
  if (tooMuch !== undefined) {
    throw new UserError(`--owned ${tooMuch}: wanted names, or beginnings that not all names have.`);
  }
  return names;
}

function questionOf(ours: readonly Orphan[]): string {
  const topics = ours.filter(({ kind }) => kind === "topic").length;
  const records = topics === 0 ? "" : `, ${topics} of them topics with all their records`;
  return `Remove the ${ours.length} that are ours${records}?`;
}
