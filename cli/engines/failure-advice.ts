/** What can be done about failures of an `up`, where the engine knows what went wrong and not what for. */
import { existsSync } from "node:fs";
import { type Failure, protectedMessage } from "../../engine/index.ts";

const isProtection = ({ message }: Failure): boolean =>
  (["deleted", "replaced"] as const).some((what) => message === protectedMessage(what));

/** Kafka's, Docker's and Kubernetes' own words, and the drivers'. */
const isThereAlready = ({ message }: Failure): boolean =>
  /already exists|exists already|not in this stack's state/i.test(message);

/** The engine knows that something is protected, and not who can agree to what here. */
const HOW_TO_LIFT =
  "A protection is lifted by agreement, for as long as that holds: `retire: { reason, by, until }` in the " +
  "declaration of a topic or an account, applied before the declaration goes; `approvals` in the stack " +
  "file for anything else. See docs/guards.md.";

/** With its engine: a Pulumi CLI on the PATH would be preferred for a stack that no state has. */
export const adoptCommand = (stack: string): string =>
  `npx kafka-platform start --stack ${stack} --engine embedded --adopt`;

/**
 * @param journal the state file that the run was against
 * @param how the stack's name, and whether the run has tried to adopt what exists
 * @returns a paragraph each; none where the failures say all
 */
export function failureAdvice(
  failures: readonly Failure[],
  journal: string,
  { stack, adopt = false }: { readonly stack: string; readonly adopt?: boolean },
): string[] {
  const backup = `${journal}.bak`;
  const lost =
    `What already exists is not in the state of this stack, ${journal}. If a part of that was lost, or an older ` +
    `copy was put back: ${backup} is what the last successful run left. Where it has more, put it in the place ` +
    "of the other and run the same command again.";
  const takeOver = adopt
    ? "What was not adopted is not as declared, or not this stack's: declare it as it is, or remove it by hand."
    : `\`${adoptCommand(stack)}\` takes over what exists already and is as declared, with the records in it.`;
  return [
    ...(failures.some(isProtection) ? [HOW_TO_LIFT] : []),
    ...(failures.some(isThereAlready) && existsSync(backup) ? [lost] : []),
    ...(failures.some(isThereAlready) ? [takeOver] : []),
  ];
}
