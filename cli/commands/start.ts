import { UserError } from "../../model/values/user-error.ts";
import { isSet, text } from "../terminal/arguments.ts";
import { type Arguments, EXIT, type Command, stackFlags, YES } from "../terminal/command.ts";
import { confirmed, isInteractive } from "../terminal/confirm.ts";
import { abortOnInterrupt } from "../terminal/interrupt.ts";
import { runEmbedded } from "../engines/embedded.ts";
import type { EngineName } from "../engines/engine-choice.ts";
import { engineOf, holderOf } from "../engines/engine-facts.ts";
import { declaredConfig } from "../stack/effective-config.ts";
import { lostRecords } from "../preview/lost-records.ts";
import { clusterKind, ensureStackSecret } from "../stack/initialisation.ts";
import { prepareMachine } from "../machine/machine.ts";
import { prepareLocalDir } from "../stack/local-folder.ts";
import { findPassphrase } from "../stack/passphrase-source.ts";
import { Progress, seconds } from "../terminal/progress.ts";
import { type Stack, stackOf } from "../stack/project.ts";
import { pulumiUp } from "../engines/pulumi-up.ts";
import { platformOutputs, stackOutputs } from "../stack/stack-outputs.ts";
import { platformSummary } from "../stack/summary.ts";
import { verifyObservability } from "../stack/verify-observability.ts";
import { verify, verifyKafka } from "../stack/verify.ts";

export const command: Command = {
  description:
    "Ends by printing where everything is. Safe to repeat: what is there already stays as it is, and where " +
    "records would be lost, it asks.",
  flags: {
    ...stackFlags,
    yes: YES,
    adopt: {
      type: "boolean",
      description:
        "take over what exists already and is as declared, for a state that was lost (embedded engine)",
    },
  },
  async run(args) {
    const began = performance.now();
    const stack = stackOf(args);
    const { isLocal } = clusterKind(stack);
    const progress = new Progress();
    if (!isLocal) refuseUnlessTrial(stack, text(args, "engine"), progress);
    const engine = await engineOf(args, stack, progress);
    const holder = await holderOf(args, stack);
    if (isLocal) {
      // A stack file with a fault changes nothing, Docker on this machine included.
      const { protection } = declaredConfig(stack);
      prepareLocalDir();
      await prepareMachine(stack, progress);
      const passphrase = findPassphrase({ create: true });
      if (await ensureStackSecret(stack, passphrase, stack.localFile)) {
        progress.say(`made the stack's secret; it stays on this machine, in ${stack.localFile}`);
      }
      if (holder && !protection) await agreeToLosses(holder, args, stack, progress);
    }

    const adopt = isSet(args, "adopt");
    if (adopt && engine === "pulumi") {
      throw new UserError("--adopt is the embedded engine's: the Pulumi CLI has `pulumi import`.");
    }
    const asks = isInteractive() && !isSet(args, "yes");
    if (
      !(await up(engine, stack, { isLocal, adopt, asks, holds: holder !== undefined }, progress))
    ) {
      return EXIT.error;
    }
    const outputs = platformOutputs.parse(
      await stackOutputs(engine, stack, { showSecrets: false }),
    );
    // Elsewhere all this is out of reach from here.
    if (isLocal) {
      await progress.step("verify", async (detail) => {
        await verifyKafka(engine, stack);
        await verify(outputs, detail);
        if (outputs.observability) await verifyObservability(outputs.observability, detail);
      });
    }
    console.log(platformSummary(stack.name, outputs, seconds(performance.now() - began)));
    return EXIT.fine;
  },
};

/**
 * A cluster that others depend on is the Pulumi CLI's business; the embedded engine is let at one
 * only where somebody says so each time.
 */
function refuseUnlessTrial(stack: Stack, requested: string | undefined, progress: Progress): void {
  if (requested === "embedded") {
    progress.warn(
      "the embedded engine is for trials and tests, not for a cluster others depend on",
    );
    return;
  }
  throw new UserError(
    `Stack ${stack.name} is not on this machine: ` +
      `use \`npm run pulumi -- up --stack ${stack.name}\`, or for a trial without that CLI --engine embedded.`,
  );
}

/** Where no guard stands before records that would go, somebody is asked. */
async function agreeToLosses(
  holder: EngineName,
  args: Arguments,
  stack: Stack,
  progress: Progress,
): Promise<void> {
  const { signal, release } = abortOnInterrupt();
  const lost = await progress
    .step(
      `preview ${stack.name}`,
      () => lostRecords({ stack, signal, onMessage: () => undefined }, holder),
      (of) => (of.length === 0 ? "no record is lost" : "records are lost"),
    )
    .finally(release);
  if (signal.aborted) throw new UserError("Interrupted: nothing was changed.");
  for (const one of lost) progress.warn(one);
  if (lost.length > 0) await confirmed(args, "These records cannot be brought back. Go on?");
}

interface UpOptions {
  /** What others depend on is looked at on purpose (`refresh`), not in passing. */
  readonly isLocal: boolean;
  readonly adopt: boolean;
  /** On a terminal the Pulumi CLI shows its own preview, and asks. */
  readonly asks: boolean;
  /** Whether the engine has made something of the stack before. */
  readonly holds: boolean;
}

async function up(engine: EngineName, stack: Stack, options: UpOptions, progress: Progress) {
  const { isLocal, adopt, ...pulumi } = options;
  if (engine === "embedded") {
    return (
      (await runEmbedded("up", stack, progress, { look: isLocal, adopt })).status === "succeeded"
    );
  }
  return (await pulumiUp(stack, pulumi)) === 0;
}
