import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { UserError } from "../../model/values/user-error.ts";

const run = promisify(execFile);

/** PATH with the folders of system programs, which ordinary users often lack. */
export const systemPath = (): string =>
  [process.env["PATH"] ?? "", "/usr/local/sbin", "/usr/sbin", "/sbin"].join(path.delimiter);

/** Whether a command of this name can be started. */
export function onPath(command: string, searchPath = systemPath()): boolean {
  return searchPath.split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, command), constants.X_OK);
      return folder !== "";
    } catch {
      return false;
    }
  });
}

/** Whether a process of this id exists. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export const isRoot = (): boolean => process.getuid?.() === 0;

/** `command` with its arguments, run as root: as it is for root, through sudo for anybody else. */
export const asRoot = (command: readonly string[], root = isRoot()): readonly string[] =>
  root ? command : ["sudo", ...command];

/** The commands that install packages, in order. Waits for another apt-get instead of failing. */
export const aptInstallCommands = (packages: readonly string[]): readonly (readonly string[])[] => [
  ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", "update"],
  [
    ...["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"],
    ...["-o", "DPkg::Lock::Timeout=300", "--no-install-recommends", "install", ...packages],
  ],
];

/**
 * Installs packages of the distribution, as root or by a sudo that asks no password.
 *
 * @throws UserError with the command to type where that is not possible or fails.
 */
export async function aptInstall(
  packages: readonly string[],
  report: (message: string) => void,
): Promise<void> {
  const names = packages.join(" ");
  report(`installing ${names} by apt-get`);
  for (const command of aptInstallCommands(packages)) {
    const [program = "", ...args] = isRoot() ? command : ["sudo", "-n", ...command];
    try {
      await run(program, args, { maxBuffer: 64 * 1024 * 1024 });
    } catch (error) {
      const { stderr = "", message } = error as { stderr?: string; message: string };
      throw new UserError(
        `${names} is needed and could not be installed (${stderr.trim() || message}). ` +
          `Install it: sudo apt-get install ${names}`,
        { cause: error },
      );
    }
  }
}
