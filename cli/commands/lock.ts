import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UserError } from "../../model/values/user-error.ts";
import type { Command } from "../terminal/command.ts";
import {
  keptInKafka,
  type Kept,
  type Lock,
  lockSchema,
  nextLock,
  outdated,
  unannounced,
} from "../generated/identity-lock.ts";
import { abortOnInterrupt } from "../terminal/interrupt.ts";
import { declaredGoals } from "../preview/planned-recording.ts";
import { findStack, PROJECT, PROJECT_DIR } from "../stack/project.ts";

export const LOCK_FILE = path.join(PROJECT_DIR, "kafka.lock.json");

/** The stacks whose files are in git: what they keep in Kafka is locked. */
export const LOCKED_STACKS = ["dev", "prod"] as const;

/** @throws UserError when the file is none */
export function readLock(file = LOCK_FILE): Lock {
  if (!existsSync(file)) return {};
  try {
    return lockSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new UserError(`${file} is not a lock of identities: restore it from git.`);
  }
}

/** What the programs of all locked stacks keep in Kafka. @throws UserError when one cannot be planned */
export async function keptByStacks(signal: AbortSignal): Promise<Kept[]> {
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

/** The file's text. */
export const lockText = (lock: Lock): string => `${JSON.stringify(lock, undefined, 2)}\n`;

export const command: Command = {
  flags: {},
  async run() {
    const { signal, release } = abortOnInterrupt();
    try {
      const lock = readLock();
      const kept = await keptByStacks(signal);
      const faults = unannounced(lock, kept);
      if (faults.length > 0) {
        const list = faults.map((fault) => `\n  - ${fault}`).join("");
        throw new UserError(`${path.basename(LOCK_FILE)} is not written:${list}`);
      }
      const changes = outdated(lock, kept);
      writeFileSync(LOCK_FILE, lockText(nextLock(lock, kept)));
      console.log(`${path.basename(LOCK_FILE)}: ${String(changes.length)} identities changed`);
      return 0;
    } finally {
      release();
    }
  },
};
