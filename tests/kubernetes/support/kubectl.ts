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
  cluster: TestCluster,
  args: readonly string[],
  input?: string,
): Promise<string> {
  const { program, args: all, env } = kubectlCommand(cluster, args);
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      all,
      { env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`kubectl ${args.join(" ")}: ${stderr.trim() || error.message}`));
      },
    );
    child.stdin?.end(input);
  });
}

/** How kubectl is run there. */
export const kubectlCommand = (
  { kubectl: program, kubeconfig, context }: TestCluster,
  args: readonly string[],
) => ({
  program,
  args: [...(context === "" ? [] : ["--context", context]), ...args],
  env: { ...process.env, KUBECONFIG: kubeconfig },
});

/** Applies objects as one list. */
export const applyObjects = (cluster: TestCluster, items: readonly object[]): Promise<string> =>
  kubectl(
    cluster,
    ["apply", "--filename", "-"],
    JSON.stringify({ apiVersion: "v1", kind: "List", items }),
  );
