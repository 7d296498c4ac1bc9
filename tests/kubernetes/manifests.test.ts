/** The objects of the committed prod stack, before programs of others that judge manifests. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DOMAINS } from "../../topics/domains.ts";
import { type Manifest, manifestsOf } from "../support/kubernetes/manifests.ts";
import { prodStack } from "../support/kubernetes/prod-stack.ts";
import { runProgram } from "../support/pulumi/program.ts";
import { WAIVERS } from "./manifest-waivers.ts";
import { type Finding, MANIFEST_JUDGES, type ManifestJudge } from "./support/manifest-judges.ts";

const folder = mkdtempSync(path.join(tmpdir(), "manifests-"));
let manifests: Manifest[];

/** Writes each manifest into a file, and has them judged. */
async function judged(
  judge: ManifestJudge,
  name: string,
  subjects: readonly Manifest[],
): Promise<Finding[]> {
  const into = mkdtempSync(path.join(folder, `${name}-`));
  const files = subjects.map((manifest) => {
    const file = path.join(into, `${manifest.kind}-${manifest.metadata.name}.yaml`);
    writeFileSync(file, stringify(manifest));
    return file;
  });
  return judge.judge(into, files);
}

/** One line for each rule and object, as findings and waivers are compared. */
const lines = (of: readonly { rule: string; object: string }[]) =>
  [...new Set(of.map(({ rule, object }) => `${rule} ${object}`))].toSorted();

beforeAll(async () => {
  const [recorded] = await runProgram(await prodStack(), { domains: DOMAINS });
  manifests = manifestsOf(recorded);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.each(MANIFEST_JUDGES)("$name", (judge) => {
  let missing: string | undefined;

  beforeAll(() => {
    try {
      judge.install();
    } catch (error) {
      missing = `${judge.name} cannot be installed: ${(error as Error).message}`;
    }
  });

  it("finds what is waived, and nothing else; no waiver is idle", async ({ skip }) => {
    skip(missing !== undefined, missing);
    const findings = await judged(judge, "prod", manifests);
    const waived = WAIVERS.filter((waiver) => waiver.judge === judge.name).flatMap(
      ({ rule, objects }) => objects.map((object) => ({ rule, object })),
    );
    expect(lines(findings), JSON.stringify(findings, undefined, 2)).toEqual(lines(waived));
  });

  it("finds a fault that is put in", async ({ skip }) => {
    skip(missing !== undefined, missing);
    const findings = await judged(judge, "faulty", manifests.map(withFault));
    expect(lines(findings)).toEqual(expect.arrayContaining([FAULTS[judge.name]]));
  });
});

/** What each judge says to {@link withFault}. */
const FAULTS: Readonly<Record<string, string>> = {
  "kube-score": "container-security-context-privileged StatefulSet/kafka",
  checkov: "CKV_K8S_16 StatefulSet/kafka",
  schema: "schema statefulset/kafka",
};

/** The StatefulSet with a privileged container and a misspelt field. */
function withFault(manifest: Manifest): Manifest {
  if (manifest.kind !== "StatefulSet") return manifest;
  const faulty = structuredClone(manifest) as Manifest & {
    spec: {
      servicName?: string;
      template: { spec: { containers: { securityContext: object }[] } };
    };
  };
  faulty.spec.servicName = "misspelt";
  for (const container of faulty.spec.template.spec.containers) {
    container.securityContext = { ...container.securityContext, privileged: true };
  }
  return faulty;
}
