import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { stringify } from "yaml";
import { PULUMI_YAML } from "../../cli/stack/stack-file.ts";
import { broken, overlaid } from "../program/bad-changes/patches.ts";
import { BAD_STACKS } from "../program/bad-changes/stacks/all.ts";
import { Checkout } from "../support/project/checkout.ts";
import { prodStack } from "../support/kubernetes/prod-stack.ts";
import { stackFile } from "../support/pulumi/stack-file.ts";

/**
 * The Pulumi CLI with the policy pack gives every bad stack the verdict that the embedded evaluation gives
 * it (tests/program/bad-changes/bad-stacks.test.ts asserts the same words).
 */

const STACK = "bad";
const SHIPPED = "nothing";
/** A preview takes ten seconds or so; many times that on a busy machine. */
const TIMEOUT = 300_000;

/** Why the CLI cannot be asked here; empty where it can. */
const missing = inject("withoutPulumi");

/** A line of what the CLI tells. */
interface Event {
  readonly policyEvent?: {
    readonly policyName: string;
    readonly enforcementLevel: string;
    readonly resourceUrn: string;
  };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string };
}

interface Verdict {
  readonly code: number | null;
  readonly violations: readonly { readonly rule: string; readonly urn: string }[];
  /** What went wrong besides. */
  readonly errors: string;
}

let checkout: Checkout;
let env: NodeJS.ProcessEnv;

beforeAll(() => {
  if (missing !== "") return;
  checkout = new Checkout();
  const { folder } = checkout;
  const placed = "tests/support/pulumi/placed.ts";
  for (const part of ["tests/program/bad-changes", "tests/support/catalogue.ts", placed]) {
    cpSync(part, path.join(folder, part), { recursive: true });
  }
  writeFileSync(
    path.join(folder, "bad-stack.ts"),
    'const bad = (process.env["BAD_STACK"] ?? "") !== "nothing";\n' +
      'await import(bad ? "./tests/program/bad-changes/program.ts" : "./index.ts");\n',
  );
  checkout.edit("Pulumi.yaml", (text) => text.replace("main: index.ts", "main: bad-stack.ts"));
  const backend = path.join(folder, ".state");
  mkdirSync(backend);
  env = {
    ...process.env,
    // The project's own Node first: the CLI runs whatever it finds.
    PATH: [path.dirname(process.execPath), process.env["PATH"]].join(path.delimiter),
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "a passphrase for tests",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Only so the CLI tells of each violation; what it prints holds secrets and is kept nowhere.
    PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true",
  };
  spawnSync("pulumi", ["stack", "init", STACK], { cwd: folder, env });
});

afterAll(() => {
  if (missing === "") checkout.remove();
});

function writeConfig(config: Readonly<Record<string, string>>): void {
  const values = Object.entries(config).map(([key, text]) => [key, parsed(text)]);
  const file = path.join(checkout.folder, `Pulumi.${STACK}.yaml`);
  writeFileSync(file, stringify({ config: Object.fromEntries(values) as object }, PULUMI_YAML));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** What the CLI says of a bad stack. */
async function preview(name: string): Promise<Verdict> {
  const args = ["preview", "--stack", STACK, "--non-interactive", "--json"];
  const child = spawn("pulumi", [...args, "--policy-pack", "policy"], {
    cwd: checkout.folder,
    env: { ...env, BAD_STACK: name },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once("close", resolve);
  const code = await promise;
  const events = out
    .split("\n")
    .filter((line) => /"(policyEvent|diagnosticEvent)"/.test(line))
    .map((line) => JSON.parse(line) as Event);
  // The CLI's messages of other severities hold secrets.
  errors += events
    .filter(({ diagnosticEvent }) => diagnosticEvent?.severity === "error")
    .map(({ diagnosticEvent }) => diagnosticEvent?.message)
    .join("");
  const violations = events.flatMap(({ policyEvent }) =>
    policyEvent?.enforcementLevel === "mandatory"
      ? [{ rule: policyEvent.policyName, urn: policyEvent.resourceUrn }]
      : [],
  );
  return { code, violations, errors };
}

const stacks = Object.entries(BAD_STACKS);

describe("the Pulumi CLI with the policy pack", () => {
  it.for(["dev", "prod"] as const)(
    "lets the shipped %s stack pass",
    { timeout: TIMEOUT },
    async (stack, { skip }) => {
      skip(missing !== "", missing);
      writeConfig(stack === "dev" ? stackFile("dev") : await prodStack());
      expect(await preview(SHIPPED)).toEqual({ code: 0, violations: [], errors: "" });
    },
  );

  it.for(stacks)("refuses: %s", { timeout: TIMEOUT }, async ([name, bad], { skip }) => {
    skip(missing !== "", missing);
    skip(bad.unseenByCli !== undefined, bad.unseenByCli);
    const file = bad.stack === "dev" ? stackFile("dev") : await prodStack();
    writeConfig(overlaid(file, bad.config));
    const { code, violations, errors } = await preview(name);
    expect(broken(violations, bad.breaks), errors).toEqual(bad.breaks);
    expect(code).not.toBe(0);
  });
});
