import { ROTATION_STEPS } from "../../components/settings/rotation.ts";
import type { ClusterUnderTest } from "./cluster.ts";

/**
 * Takes every step of replacing an account's password, each applied before the next, as people do it.
 *
 * @param handedOut what whoever logs in as the account does once the new password is handed out
 */
export async function rotate(
  { stack }: ClusterUnderTest,
  account: string,
  handedOut: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (const step of ROTATION_STEPS) {
    const consent = step === "retire" ? ["--yes"] : [];
    await stack.succeed("rotate", account, "--step", step, ...consent);
    await stack.succeed("start");
    if (step === "hand-out") await handedOut();
  }
}
