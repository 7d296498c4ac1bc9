import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { UserError } from "../../model/values/user-error.ts";

const run = promisify(execFile);

/** The commit that a plan is compared with. */
export interface Base {
  /** What was asked for, in words: `origin/main`, `merge base with origin/main`. */
  readonly ref: string;
  readonly commit: string;
}

/** Where a main branch is looked for, the reviewed one before a local copy that may be behind. */
const MAIN = ["origin/main", "main", "origin/master", "master"];

const OTHERWISE =
  "Name another commit with --base, an export of the stack with --state, or --base none to compare with nothing.";

/**
 * The commit where the work in hand left `ref`, or the main branch: what others have added there since is
 * no change of this work.
 *
 * @throws UserError when there is no repository, no such commit, or not enough history
 */
export async function findBase(projectDir: string, ref?: string): Promise<Base> {
  const git = gitIn(projectDir);
  if ((await git("rev-parse", "--git-dir")) === undefined) {
    throw new UserError(`${projectDir} is not in a git repository. ${OTHERWISE}`);
  }
  const shallow = (await git("rev-parse", "--is-shallow-repository")) === "true";
  const branch = ref ?? (await mainBranch(git));
  const commit = branch === undefined ? undefined : await commitOf(git, branch);
  if (branch === undefined || commit === undefined) {
    const what = branch === undefined ? `one of ${MAIN.join(", ")}` : `"${branch}"`;
    throw new UserError(`There is no commit ${what} here. ${shallow ? DEEPEN : OTHERWISE}`);
  }
  const common = await git("merge-base", "HEAD", commit);
  if (common === undefined || common === "") {
    const why = shallow ? DEEPEN : OTHERWISE;
    throw new UserError(`HEAD and ${branch} have no commit in common here. ${why}`);
  }
  return { ref: common === commit ? branch : `merge base with ${branch}`, commit: common };
}

const DEEPEN =
  "This clone is shallow: run `git fetch --unshallow origin`, or check out with `fetch-depth: 0`.";

type Git = (...args: readonly string[]) => Promise<string | undefined>;

/** A git command's output, or undefined when it fails. */
const gitIn =
  (cwd: string): Git =>
  async (...args) => {
    try {
      return (await run("git", args, { cwd })).stdout.trim();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") return undefined;
      throw new UserError(`git is not on the PATH. ${OTHERWISE}`);
    }
  };

const commitOf = (git: Git, ref: string): Promise<string | undefined> =>
  git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`);

async function mainBranch(git: Git): Promise<string | undefined> {
  const declared = await git("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD");
  for (const branch of declared === undefined ? MAIN : [declared, ...MAIN]) {
    if ((await commitOf(git, branch)) !== undefined) return branch;
  }
  return undefined;
}

/** The project as it was at a commit, in a folder of its own. */
export interface Checkout {
  readonly folder: string;
  remove(): void;
}

/**
 * Writes the project of a commit, without its tests, to a temporary folder. Nothing is added to the
 * repository, so nothing is left there by a run that is killed. Its packages are those of `projectDir`
 * where both have the same lock file; else `install` is called.
 */
export async function checkOut(
  projectDir: string,
  commit: string,
  install: (folder: string) => Promise<void> = npmInstall,
): Promise<Checkout> {
  const folder = mkdtempSync(path.join(tmpdir(), "kafka-platform-base-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    await extract(projectDir, commit, folder);
    const [before, now] = [folder, projectDir].map(lockFile);
    if (before === undefined || before === now) {
      symlinkSync(path.join(projectDir, "node_modules"), path.join(folder, "node_modules"));
    } else await install(folder);
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

async function extract(projectDir: string, commit: string, folder: string): Promise<void> {
  const archive = ["archive", "--format=tar", commit, "--", ".", ":(exclude)tests"];
  const git = spawn("git", archive, { cwd: projectDir, stdio: ["ignore", "pipe", "pipe"] });
  const tar = spawn("tar", ["-x", "-C", folder], { stdio: ["pipe", "ignore", "pipe"] });
  const ended = [git, tar].map(
    (child) =>
      new Promise<string | undefined>((resolve) => {
        let said = "";
        child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
        child.once("error", (error) => resolve(error.message));
        child.once("close", (code) => resolve(code === 0 ? undefined : said.trim()));
      }),
  );
  // Whichever of the two fails says why.
  await pipeline(git.stdout, tar.stdin).catch(() => undefined);
  const [reason] = (await Promise.all(ended)).filter((said) => said !== undefined);
  if (reason === undefined) return;
  throw new UserError(`Commit ${commit} could not be written to ${folder}: ${reason}`);
}

function lockFile(folder: string): string | undefined {
  const file = path.join(folder, "package-lock.json");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Install scripts are not run: a plan needs nothing that they make. */
async function npmInstall(folder: string): Promise<void> {
  const args = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
  try {
    await run("npm", args, { cwd: folder });
  } catch (error) {
    const { stderr = "", message } = error as { stderr?: string; message: string };
    throw new UserError(
      `\`npm ci\` of the base, whose package-lock.json is another, failed: ${stderr.trim() || message}`,
    );
  }
}
