import { UserError } from "../../model/values/user-error.ts";
import { declaredGoals } from "../preview/planned-recording.ts";
import { findStack, PROJECT } from "../stack/project.ts";
import { currentText, type GeneratedFile } from "./generated-file.ts";
import {
  keptInKafka,
  type Kept,
  type Lock,
  lockSchema,
  nextLock,
  unannounced,
} from "./identity-lock.ts";

/** The stacks whose files are in git: what they keep in Kafka is locked. */
const LOCKED_STACKS = ["dev", "staging", "prod"] as const;

/** What a lock file says; nothing is locked where there is none. @throws UserError when it is none */
export function parseLock(text: string): Lock {
  if (text === "") return {};
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch {
    throw new UserError("kafka.lock.json is not a lock of identities: restore it from git.");
  }
}

/** What the programs of all locked stacks keep in Kafka. @throws UserError when one cannot be planned */
async function keptByStacks(signal: AbortSignal): Promise<Kept[]> {
  const kept = await Promise.all(
    LOCKED_STACKS.map(async (name) => {
      const stack = findStack(name);
      const { goals, failures } = await declaredGoals({ stack, signal, onMessage: ignore });
      if (signal.aborted) throw new UserError("interrupted");
      if (failures.length > 0) {
        const list = failures.map(({ message }) => `\n  - ${message}`).join("");
        throw new UserError(`The program of stack ${name} cannot be planned:${list}`);
      }
      return keptInKafka(goals, { stack: name, project: PROJECT });
    }),
  );
  return kept.flat();
}

const ignore = (): void => undefined;

/** The text of the lock after `kept`. @throws UserError with everything that has moved without an alias */
export function lockText(lock: Lock, kept: readonly Kept[]): string {
  const faults = unannounced(lock, kept);
  if (faults.length > 0) {
    const list = faults.map((fault) => `\n  - ${fault}`).join("");
    throw new UserError(`kafka.lock.json is not written:${list}`);
  }
  return `${JSON.stringify(nextLock(lock, kept), undefined, 2)}\n`;
}

/** Where each topic, ACL, credential and quota is declared. */
export const lockFile: GeneratedFile = {
  file: "kafka.lock.json",
  async text(signal) {
    return lockText(parseLock(currentText(this.file)), await keptByStacks(signal));
  },
};
