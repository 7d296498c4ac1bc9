import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { messageOf, UserError } from "../../model/values/user-error.ts";
import { localDir } from "./project.ts";

/** Makes the folder of everything local, and tries to write in it. @throws UserError with what to do */
export function prepareLocalDir(): void {
  const folder = localDir();
  const probe = path.join(folder, `.writable-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(probe, "", { flag: "wx" });
    rmSync(probe);
  } catch (error) {
    throw new UserError(
      `The state and the secrets cannot be kept in ${folder}: ${messageOf(error)}. ` +
        "Set KAFKA_PLATFORM_HOME to a folder that can be written.",
    );
  }
}
