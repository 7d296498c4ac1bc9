/** The library that gives a process another time. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The variant for programs of many threads. */
export const LIBFAKETIME = "libfaketimeMT.so.1";

const CACHE = path.resolve(import.meta.dirname, "../../../.kafka-platform/cache/libfaketime");

/** Debian's libfaketime, for the machine's own architecture; fetched by apt at first use. */
export function libfaketime(): Buffer {
  const found = () => {
    if (!existsSync(CACHE)) return undefined;
    const names = readdirSync(CACHE, { recursive: true, encoding: "utf8" });
    return names.find((name) => name.endsWith(`/${LIBFAKETIME}`));
  };
  if (found() === undefined) fetch();
  const library = found();
  if (library === undefined) throw new Error(`Debian's package libfaketime has no ${LIBFAKETIME}`);
  return readFileSync(path.join(CACHE, library));
}

function fetch(): void {
  const folder = mkdtempSync(path.join(tmpdir(), "libfaketime-"));
  try {
    // As the user that runs this: apt's own cannot write here.
    const options = ["-o", "APT::Sandbox::User=root", "-qq"];
    execFileSync("apt-get", [...options, "download", "libfaketime"], {
      cwd: folder,
      stdio: "pipe",
    });
    const [archive = ""] = readdirSync(folder);
    mkdirSync(CACHE, { recursive: true });
    execFileSync("dpkg-deb", ["--extract", path.join(folder, archive), CACHE], { stdio: "pipe" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
