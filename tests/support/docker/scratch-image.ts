/** A tiny image made from this machine's static busybox, for tests that need no registry. */
import { existsSync, statSync } from "node:fs";
import { finished } from "node:stream/promises";
import type Dockerode from "dockerode";
import { tarArchive, type TarEntry } from "../../../engine/drivers/docker/tar-archive.ts";

const SCRATCH_IMAGE = { repo: "kafka-platform/test-busybox", tag: "1" } as const;
export const SCRATCH_REFERENCE = `${SCRATCH_IMAGE.repo}:${SCRATCH_IMAGE.tag}`;

const APPLETS = [
  "sh",
  "cat",
  "echo",
  "env",
  "false",
  "id",
  "ls",
  "nslookup",
  "sleep",
  "stat",
  "touch",
  "true",
];
const PLACES = ["/bin/busybox", "/usr/bin/busybox"];

/** Imports the image and returns its id. Remove it with {@link removeScratchImage}. */
export async function importScratchImage(client: Dockerode): Promise<string> {
  const busybox = PLACES.find((place) => existsSync(place));
  if (busybox === undefined) {
    throw new Error(
      `these tests need a static busybox at ${PLACES.join(" or ")}: install busybox-static`,
    );
  }
  const directory = (path: string, mode = 0o755): TarEntry => ({
    path,
    mode,
    body: { directory: true },
  });
  const archive = tarArchive([
    directory("bin"),
    directory("etc"),
    directory("tmp", 0o777),
    {
      path: "bin/busybox",
      mode: 0o755,
      body: { file: busybox, size: statSync(busybox).size },
    },
    ...APPLETS.map((applet) => ({
      path: `bin/${applet}`,
      mode: 0o777,
      body: { linkTo: "busybox" },
    })),
  ]);
  const answer = await client.importImage(archive, { ...SCRATCH_IMAGE });
  // The import is over when its answer has been read.
  await finished(answer.resume());
  return (await client.getImage(SCRATCH_REFERENCE).inspect()).Id;
}

export async function removeScratchImage(client: Dockerode): Promise<void> {
  await client.getImage(SCRATCH_REFERENCE).remove({ force: true });
}
