/** What stands in for the Kafka UI on the lab. */
import { execFileSync } from "node:child_process";
import { buildUiStandIn } from "../../support/docker/ui-stand-in.ts";
import { importImages } from "./lab.ts";

export const UI_IMAGE = "kafka-platform/ui-stand-in:kubernetes-test";

/** Builds it on the local Docker daemon and gives it to the lab. */
export async function importUiStandIn(): Promise<void> {
  buildUiStandIn(UI_IMAGE);
  await importImages(UI_IMAGE);
}

export function removeUiStandIn(): void {
  execFileSync("docker", ["image", "rm", UI_IMAGE], { stdio: "pipe" });
}
