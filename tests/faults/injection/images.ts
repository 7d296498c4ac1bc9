/** Images made from the broker's for one scenario. */
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { importImages } from "../../kubernetes/support/lab.ts";

const TAG = "kafka-platform/faults:derived";

/**
 * Builds an image on the local Docker daemon and gives it to the lab.
 *
 * @param instructions what is laid over the image, as in a Dockerfile
 * @param files contents of the build's context, by name
 */
export async function derivedImage(
  from: string,
  instructions: string,
  files: Readonly<Record<string, Buffer>> = {},
): Promise<{ readonly reference: string; readonly remove: () => void }> {
  const context = mkdtempSync(path.join(tmpdir(), "derived-image-"));
  try {
    writeFileSync(path.join(context, "Dockerfile"), `FROM ${from}\n${instructions}\n`);
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(path.join(context, name), content);
    }
    await promisify(execFile)("docker", ["build", "--quiet", "--tag", TAG, context]);
  } finally {
    rmSync(context, { recursive: true });
  }
  const [reference = ""] = await importImages(TAG);
  return {
    reference,
    remove: () => execFileSync("docker", ["image", "rm", TAG], { stdio: "pipe" }),
  };
}
