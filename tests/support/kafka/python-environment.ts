import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";

const CACHE = path.resolve(import.meta.dirname, "../../../.kafka-platform/cache");

/** The programs of a Python environment that holds one package, and whether it is there yet. */
export function pythonEnvironment(distribution: string, version: string) {
  const folder = path.join(CACHE, `${distribution}-${version}`);
  const program = (name: string): string => path.join(folder, "bin", name);
  const ready = path.join(folder, "ready");
  return {
    program,
    /** Makes the environment and fetches the package; nothing where that has been done. */
    install: (): void => {
      if (existsSync(ready)) return;
      const run = (command: string, ...args: readonly string[]) =>
        execFileSync(command, args, { stdio: "pipe" });
      run("python3", "-m", "venv", "--clear", folder);
      run(program("python"), "-m", "pip", "install", "-q", `${distribution}==${version}`);
      writeFileSync(ready, "");
    },
  };
}
