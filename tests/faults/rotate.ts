/** Rotations, as people do them. */
import { ROTATION_STEPS, type RotationStep } from "../../model/credentials/rotation.ts";
import type { PlatformStack } from "../kubernetes/support/platform-stack.ts";

/** Takes a step, which has to be the next one, and applies it. @param what an account, or the authority */
export async function rotateStep(
  stack: PlatformStack,
  what: string,
  step: RotationStep,
): Promise<void> {
  const consent = step === "retire" ? ["--yes"] : [];
  await stack.succeed("rotate", what, "--step", step, ...consent);
  await stack.succeed("start");
}

/**
 * Takes every step of replacing what an account logs in with.
 *
 * @param handedOut what whoever logs in as the account does once the new password is handed out
 */
export async function rotate(
  stack: PlatformStack,
  account: string,
  handedOut: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (const step of ROTATION_STEPS) {
    await rotateStep(stack, account, step);
    if (step === "hand-out") await handedOut();
  }
}
