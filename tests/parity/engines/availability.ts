/** Global setup of the parity tests: whether there is a Pulumi CLI with the providers of the program. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Why the engines cannot be compared here; empty where they can. */
    readonly withoutPulumi: string;
  }
}

/** Hands the reason to skip to the tests; with PARITY=required that reason is a failure. */
export default function setup(project: TestProject): void {
  const reason = missingOfPulumi();
  if (reason !== undefined && process.env["PARITY"] === "required") {
    throw new Error(`PARITY=required, but ${reason}`);
  }
  project.provide("withoutPulumi", reason ?? "");
}

interface Provider {
  readonly name: string;
  readonly version: string;
}

/** What is missing, with the command that gets it. Nothing is downloaded here. */
function missingOfPulumi(): string | undefined {
  const listed = spawnSync("pulumi", ["plugin", "ls", "--json"], { encoding: "utf8" });
  if (listed.error) return "there is no Pulumi CLI on the PATH";
  if (listed.status !== 0) return `\`pulumi plugin ls\` failed: ${listed.stderr.trim()}`;
  const present = (JSON.parse(listed.stdout) as Provider[]).map(({ name, version }) =>
    key({ name, version }),
  );
  const missing = wantedProviders().filter((provider) => !present.includes(key(provider)));
  if (missing.length === 0) return undefined;
  return `the Pulumi CLI lacks ${missing.map(key).join(", ")}; \`pulumi plugin install\` gets them`;
}

const key = ({ name, version }: Provider): string => `${name} ${version}`;

/** A provider's version is that of its npm package. */
function wantedProviders(): Provider[] {
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
    dependencies: Record<string, string>;
  };
  return Object.entries(dependencies).flatMap(([name, version]) => {
    const [, provider] = /^@pulumi\/(?!pulumi$)(.+)$/.exec(name) ?? [];
    return provider === undefined ? [] : [{ name: provider, version }];
  });
}
