import { AUTHORITY } from "../../model/credentials/certificate-authority.ts";
import {
  describeCredential,
  describeCredentials,
  ROTATION_STEPS,
} from "../../model/credentials/rotation.ts";
import { kindOf } from "../../model/stack/cluster-kinds.ts";
import { UserError } from "../../model/values/user-error.ts";
import { formatOf, isSet, oneOf, print, text } from "../terminal/arguments.ts";
import {
  EXIT,
  type Arguments,
  type Command,
  FORMAT,
  stackFlags,
  YES,
} from "../terminal/command.ts";
import {
  adviceAfterAuthority,
  authorityFacts,
  authorityStep,
  writeAuthorityStep,
} from "../credentials/authority-rotation.ts";
import { confirmed } from "../terminal/confirm.ts";
import {
  type CredentialStatus,
  credentialStatuses,
  credentialTable,
} from "../credentials/credential-list.ts";
import { configuredCredentials, stackConfig, writeCredentials } from "../stack/effective-config.ts";
import { applyCommand, flagsOf } from "../stack/apply-command.ts";
import { engineOf } from "../engines/engine-facts.ts";
import { type Stack, stackOf } from "../stack/project.ts";
import {
  adviceAfter,
  credentialOutputs,
  type PlannedStep,
  planStep,
} from "../credentials/rotation.ts";
import { outputsAs, stackOutputs } from "../stack/stack-outputs.ts";
import { isoDay } from "../../model/values/iso-day.ts";

export const command: Command = {
  description:
    "Three steps, each applied before the next: set, hand out, retire, which asks first. " +
    "ACCOUNT is an account, or `authority`.",
  needsAttention: "with --list --overdue: a credential or the authority is overdue",
  positionals: { usage: "ACCOUNT", counts: [1] },
  instead: "list",
  flags: {
    ...stackFlags,
    step: {
      type: "string",
      value: ROTATION_STEPS.join("|"),
      description: "fail unless this is the next step",
    },
    list: {
      type: "boolean",
      description: "show what every account logs in with, and the authority; change nothing",
    },
    overdue: {
      type: "boolean",
      description: "with --list: only what is overdue, and exit code 2 where something is",
    },
    format: FORMAT,
    yes: YES,
  },
  async run(args) {
    const [account = ""] = args.rest;
    const asked = text(args, "step");
    // Refused before anything is written.
    formatOf(args);
    const step = asked === undefined ? undefined : oneOf("step", asked, ROTATION_STEPS);
    const stack = stackOf(args);
    const config = stackConfig(stack);
    const kind = kindOf(config.cluster);
    const { hasAuthority, isLocal } = kind;
    const outputs = await outputsOf(stack, args);
    const apply = applyCommand(stack, kind);
    const flags = flagsOf(stack);
    const authority = hasAuthority ? authorityFacts(stack, outputs) : undefined;
    if (account === AUTHORITY && hasAuthority) {
      if (!authority) throw new UserError(`Stack ${stack.name} has no certificate authority.`);
      const facts = { ...authority, step, apply };
      const next = authorityStep(facts);
      if (next === "retire") await confirmed(args, RETIRE_AUTHORITY);
      await writeAuthorityStep(stack, next, facts.configured);
      const done = `${next}: the authority of stack ${stack.name}, in ${stack.file}.`;
      print(args, {
        lines: [done, ...adviceAfterAuthority(next, { apply, flags })],
        json: { step: next, account, file: stack.file, apply },
      });
      return EXIT.fine;
    }
    const applied = outputsAs(credentialOutputs, outputs, stack).credentials;
    const today = isoDay(new Date());
    if (isSet(args, "list")) {
      return list(args, credentialStatuses(applied, today, authority));
    }
    const planned = planStep({
      account,
      configured: configuredCredentials(config),
      applied,
      step,
      today,
      apply,
    });
    if (planned.step === "retire") await confirmed(args, retiring(account, planned));

    const file = isLocal ? stack.localFile : stack.file;
    writeCredentials(file, account, planned.after);
    const done = `${planned.step}: ${account} has ${describeCredentials(planned.after)}, in ${file}.`;
    print(args, {
      lines: [done, ...adviceAfter(planned, { account, apply, flags })],
      json: { step: planned.step, account, live: planned.after, file, apply },
    });
    return EXIT.fine;
  },
};

function list(args: Arguments, all: readonly CredentialStatus[]): number {
  if (!isSet(args, "overdue")) {
    print(args, { lines: credentialTable(all), json: { credentials: all } });
    return EXIT.fine;
  }
  const credentials = all.filter(({ overdue }) => overdue);
  const none = credentials.length === 0;
  print(args, {
    lines: none ? ["No credential is overdue."] : credentialTable(credentials),
    json: { credentials },
  });
  return none ? EXIT.fine : EXIT.needsAttention;
}

async function outputsOf(stack: Stack, args: Arguments): Promise<unknown> {
  return stackOutputs(await engineOf(args, stack), stack, { showSecrets: false });
}

const RETIRE_AUTHORITY =
  "Retire the old authority? Whoever still trusts it alone can no longer connect.";

function retiring(account: string, { before: [, old] }: PlannedStep): string {
  const what = old === undefined ? "the old credential" : describeCredential(old);
  return `Retire ${what} of ${account}? Whoever still uses it can no longer log in.`;
}
