/** kubectl on the cluster under test. */
import { execFile } from "node:child_process";
import type { TestCluster } from "./lab.ts";

/**
 * Runs kubectl and returns what it prints.
 *
 * @param input text for its standard input, for `apply -f -` and the like.
 * @throws Error with what kubectl wrote to its standard error.
 */
export function kubectl(
  { kubectl: program, kubeconfig, context }: TestCluster,
  args: readonly string[],
  input?: string,
): Promise<string> {
  const where = context === "" ? [] : ["--context", context];
  const env = { ...process.env, KUBECONFIG: kubeconfig };
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      [...where, ...args],
      { env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`kubectl ${args.join(" ")}: ${stderr.trim() || error.message}`));
      },
    );
    child.stdin?.end(input);
  });
}

/** Applies objects as one list. */
export const applyObjects = (cluster: TestCluster, items: readonly object[]): Promise<string> =>
  kubectl(
    cluster,
    ["apply", "--filename", "-"],
    JSON.stringify({ apiVersion: "v1", kind: "List", items }),
  );
