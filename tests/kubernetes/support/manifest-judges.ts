/** Programs of others that judge Kubernetes manifests, each pinned, each in a folder of its own. */
import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { pythonEnvironment } from "../../support/kafka/python-environment.ts";

/** What a judge has against an object. */
export interface Finding {
  /** The judge's own id of what is not kept to. */
  readonly rule: string;
  /** `Kind/name`. */
  readonly object: string;
  readonly says: string;
}

/** A program that reads the manifests of a folder. */
export interface ManifestJudge {
  readonly name: string;
  /** Fetches it at first use. @throws Error when it cannot be had */
  readonly install: () => void;
  readonly judge: (folder: string, files: readonly string[]) => Promise<Finding[]>;
}

/** The version of Kubernetes that manifests are judged for: the lab's. */
const KUBERNETES = "1.33";

const CACHE = path.resolve(import.meta.dirname, "../../../.kafka-platform/cache");
const KUBE_SCORE_VERSION = "1.20.0";
const KUBE_SCORE = path.join(CACHE, `kube-score-${KUBE_SCORE_VERSION}`);
const CHECKOV = pythonEnvironment("checkov", "3.3.30");
const KUBERNETES_VALIDATE = pythonEnvironment("kubernetes-validate", "1.37.0");

/** A grade below this one is a finding; 10 is the best. */
const FULL_MARKS = 10;

const kubeScore: ManifestJudge = {
  name: "kube-score",
  install() {
    if (existsSync(path.join(KUBE_SCORE, "kube-score"))) return;
    const program = `github.com/zegl/kube-score/cmd/kube-score@v${KUBE_SCORE_VERSION}`;
    const env = { ...process.env, GOBIN: KUBE_SCORE };
    execFileSync("go", ["install", program], { env, stdio: "pipe" });
  },
  async judge(_folder, files) {
    const { stdout } = await output(path.join(KUBE_SCORE, "kube-score"), [
      ...["score", "--output-format", "json", "--kubernetes-version", `v${KUBERNETES}`],
      ...["--enable-optional-test", "container-seccomp-profile", ...files],
    ]);
    return (JSON.parse(stdout) as ScoredObject[]).flatMap((object) =>
      object.checks
        .filter(({ grade, skipped }) => grade < FULL_MARKS && !skipped)
        .map(({ check, comments }) => ({
          rule: check.id,
          object: `${object.type_meta.kind}/${object.object_meta.name}`,
          says: (comments ?? []).map(({ summary }) => summary).join("; "),
        })),
    );
  },
};

interface ScoredObject {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string };
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly summary: string }[] | null;
  }[];
}

const checkov: ManifestJudge = {
  name: "checkov",
  install: CHECKOV.install,
  async judge(folder) {
    const { stdout } = await output(CHECKOV.program("checkov"), [
      ...["--directory", folder, "--framework", "kubernetes", "--output", "json"],
      // Without it checkov asks its vendor for further rules.
      ...["--compact", "--quiet", "--skip-download"],
    ]);
    const { results } = JSON.parse(stdout) as { results: { failed_checks: FailedCheck[] } };
    return results.failed_checks.map(({ check_id, check_name, resource }) => {
      const [kind = "", , name = ""] = resource.split(".");
      return { rule: check_id, object: `${kind}/${name}`, says: check_name };
    });
  },
};

interface FailedCheck {
  readonly check_id: string;
  readonly check_name: string;
  /** `Kind.namespace.name` */
  readonly resource: string;
}

const SCHEMA_FAULT = /^ERROR \S+ did not validate for resource (\S+) against version \S+: (.*)$/gm;

/** Kubernetes' own schemas, with no unknown field allowed. */
const schema: ManifestJudge = {
  name: "schema",
  install: KUBERNETES_VALIDATE.install,
  async judge(_folder, files) {
    const { code, stdout, stderr } = await output(
      KUBERNETES_VALIDATE.program("kubernetes-validate"),
      ["--kubernetes-version", KUBERNETES, "--strict", "--quiet", "--no-warn", ...files],
    );
    const findings = [...stdout.matchAll(SCHEMA_FAULT)].map(([, object = "", says = ""]) => ({
      rule: "schema",
      object,
      says,
    }));
    if (code !== 0 && findings.length === 0) throw new Error(stdout + stderr);
    return findings;
  },
};

export const MANIFEST_JUDGES: readonly ManifestJudge[] = [kubeScore, checkov, schema];

/** What a program prints; it ends with 1 when it has found something. */
const output = (program: string, args: readonly string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve, reject) => {
    execFile(program, args, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (code === 0 || code === 1) resolve({ code, stdout, stderr });
      else reject(error ?? new Error(stderr));
    });
  });
