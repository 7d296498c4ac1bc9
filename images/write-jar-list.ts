/**
 * Writes images/jars.sha256 for what images/base/pom.xml names: run it after a change of a version there,
 * and read the difference before it is committed. Needs Maven.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { formatJarList, JAR_LIST_FILE, listJars } from "./jar-list.ts";
import { copyKafkaJars } from "./jars.ts";

const folder = await mkdtemp(path.join(tmpdir(), "jar-list-"));
try {
  await copyKafkaJars(folder);
  await writeFile(JAR_LIST_FILE, formatJarList(await listJars(folder)));
} finally {
  await rm(folder, { recursive: true, force: true });
}
