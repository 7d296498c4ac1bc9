import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const SOURCE = path.resolve(import.meta.dirname, "../../e2e/ui-stand-in");
const BASES = ["kafka-platform/base:4.3.1", "apache/kafka:4.3.1"];

/** Builds what stands in for Kafka UI, on the Kafka base image that the daemon has already. */
export function buildUiStandIn(image: string): void {
  const base = BASES.find((name) => spawnSync("docker", ["image", "inspect", name]).status === 0);
  if (base === undefined) {
    throw new Error("there is no Kafka base image to build the stand-in from");
  }
  const context = mkdtempSync(path.join(tmpdir(), "ui-stand-in-"));
  try {
    cpSync(SOURCE, context, { recursive: true });
    copyFileSync("/bin/busybox", path.join(context, "busybox"));
    const args = ["build", "-q", "--build-arg", `BASE_IMAGE=${base}`, "-t", image, context];
    execFileSync("docker", args, { stdio: "pipe" });
  } finally {
    rmSync(context, { recursive: true });
  }
}
