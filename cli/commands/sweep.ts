import { KAFKA_UI_ACCOUNT } from "../../model/credentials/platform-accounts.ts";
import { UserError } from "../../model/values/user-error.ts";
import type { KafkaAdmin } from "../../clients/kafka/admin.ts";
import { asAdmin } from "../stack/admin-connection.ts";
import {
  type Arguments,
  type Command,
  OF_A_STACK,
  oneOf,
  text,
  YES,
} from "../terminal/arguments.ts";
import { confirm, isInteractive } from "../terminal/confirm.ts";
import { declaredAccess } from "../access/declared-access.ts";
import { declaredCatalogue } from "../stack/declared-catalogue.ts";
import { stackConfig } from "../stack/effective-config.ts";
import { engineFor } from "../engines/engine-facts.ts";
import { declaredIdentities, recordedIdentities } from "../cleanup/kafka-identities.ts";
import { declaredPrefixes, topicCreator } from "../cleanup/name-owners.ts";
import { findStack, type Stack } from "../stack/project.ts";
import { stackResources } from "../stack/stack-resources.ts";
import { type Ownership, type Stray, strays } from "../cleanup/strays.ts";
import { remove, takeInventory } from "../cleanup/sweep.ts";
import { removalLines, strayLines } from "../cleanup/sweep-text.ts";

/** The exit code where something of ours is left. */
const LEFT = 2;

export const command: Command = {
  summary:
    "what is in the cluster and declared nowhere, with the likely cause; exit code 2 where something " +
    "of ours is left",
  flags: {
    ...OF_A_STACK,
    owned: {
      type: "string",
      value: "NAME,NAME*",
      description: "further topics and accounts that are ours, whole names or beginnings",
    },
    execute: { type: "boolean", description: "remove what is ours, topics with all their records" },
    yes: YES,
    format: { type: "string", value: "text|json", description: "default: text" },
  },
  async run(args) {
    const format = oneOf("format", text(args, "format") ?? "text", ["text", "json"]);
    const stack = findStack(text(args, "stack"), text(args, "config-file"));
    const { engine } = await engineFor(stack, args);
    const ownership = ownershipOf(stack, await stackResources(engine, stack), ownedNames(args));
    return asAdmin(engine, stack, (admin) => sweep(admin, ownership, { args, format, stack }));
  },
};

interface Asked {
  readonly args: Arguments;
  readonly format: "text" | "json";
  readonly stack: Stack;
}

async function sweep(admin: KafkaAdmin, ownership: Ownership, asked: Asked): Promise<number> {
  const { args, format, stack } = asked;
  await admin.checkCluster();
  const inventory = await takeInventory(admin);
  const found = strays(inventory, ownership);
  const ours = found.filter(({ claim }) => claim === "ours");
  const execute = args.flags["execute"] === true;
  if (format === "text") console.log(strayLines(found).join("\n"));
  if (!execute || ours.length === 0) {
    if (format === "json") console.log(asJson({ found }));
    else if (ours.length > 0) {
      const again = `npm run sweep -- --stack ${stack.name} --execute`;
      console.log(`\nNothing was changed. \`${again}\` removes the ${ours.length} that are ours.`);
    }
    return ours.length === 0 ? 0 : LEFT;
  }
  if (args.flags["yes"] !== true) await confirmed(ours);
  const removals = await remove(admin, ours, inventory.users);
  if (format === "json") {
    const outcomes = removals.map(({ stray: { kind, name }, error, overwritten }) => {
      return { kind, name, overwritten, error: error?.message ?? null };
    });
    console.log(asJson({ found, removals: outcomes }));
  } else console.log(["", ...removalLines(removals)].join("\n"));
  return removals.some(({ error }) => error) ? 1 : 0;
}

const asJson = ({
  found,
  ...rest
}: {
  readonly found: readonly Stray[];
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
      (name) => !accounts.includes(name) && name !== KAFKA_UI_ACCOUNT,
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

/** @throws UserError unless somebody agrees */
async function confirmed(ours: readonly Stray[]): Promise<void> {
  if (!isInteractive()) {
    throw new UserError("--execute asks first, and there is no terminal to ask on: pass --yes.");
  }
  const topics = ours.filter(({ kind }) => kind === "topic").length;
  const records = topics === 0 ? "" : `, ${topics} of them topics with all their records`;
  const question = `Remove the ${ours.length} that are ours${records}?`;
  if (!(await confirm(question))) throw new UserError("Nothing was removed.");
}
