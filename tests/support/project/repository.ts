import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { Checkout } from "./checkout.ts";

/** A copy of the project as a git repository of one commit on `main`, with a branch `work` checked out. */
export class Repository extends Checkout {
  constructor() {
    super();
    // A link to a folder is no folder: `node_modules/` of .gitignore does not mean it.
    writeFileSync(path.join(this.folder, ".git-exclude"), "node_modules\n.git-exclude\n");
    this.git("init", "--quiet", "--initial-branch=main");
    this.git("config", "core.excludesFile", path.join(this.folder, ".git-exclude"));
    this.commit("base");
    this.git("checkout", "--quiet", "-b", "work");
  }

  git(...args: readonly string[]): string {
    const who = ["-c", "user.name=test", "-c", "user.email=test@example.invalid"];
    const { folder } = this;
    const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
    return execFileSync("git", [...who, ...args], { cwd: folder, env, encoding: "utf8" }).trim();
  }

  /** Commits everything. */
  commit(message: string): string {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--no-gpg-sign", "--message", message);
    return this.git("rev-parse", "HEAD");
  }
}
