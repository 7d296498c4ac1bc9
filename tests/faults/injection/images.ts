/** Images made from the broker's for one scenario. */
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { KAFKA_VERSION } from "../../../model/broker/versions.ts";
import { fetchDependencies } from "../../../images/jars.ts";
import { importImages } from "../../kubernetes/support/lab.ts";

const TAG = "kafka-platform/faults:derived";
const ROOT = path.resolve(import.meta.dirname, "../../..");
const CACHE = path.join(ROOT, ".kafka-platform/cache");

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

/** The broker's image on another Kafka, whose jars take the place of its own. @returns its reference */
export async function imageOnKafka(from: string, version: string): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "other-kafka-"));
  try {
    const pom = path.join(folder, "pom.xml");
    const own = readFileSync(path.join(ROOT, "images/base/pom.xml"), "utf8");
    writeFileSync(pom, own.replaceAll(KAFKA_VERSION, version));
    const libs = path.join(await fetchDependencies(CACHE, `kafka-${version}`, pom), "libs");
    const jars = readdirSync(libs).map((name) => [name, readFileSync(path.join(libs, name))]);
    const layer = `USER 0
RUN rm /opt/kafka/libs/*.jar
COPY *.jar /opt/kafka/libs/
USER 1000:0`;
    const image = await derivedImage(
      from,
      layer,
      Object.fromEntries(jars) as Record<string, Buffer>,
    );
    image.remove();
    return image.reference;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
