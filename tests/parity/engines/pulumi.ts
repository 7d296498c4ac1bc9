import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { withParallelism } from "../../../cli/engines/pulumi-arguments.ts";
import { urnOfProviderReference } from "../../../engine/index.ts";
import { type Engine, markSecret, type Plan, type StackPlace } from "./engine.ts";
import type { RecordedResource, RecordedState } from "./engine.ts";

/** What `pulumi preview --json` tells of a step. */
interface PreviewStep {
  readonly urn: string;
  readonly op: string;
  readonly diffReasons?: readonly string[] | null;
  readonly replaceReasons?: readonly string[] | null;
  /** By path, such as `spec.template.spec.containers[0].image`. */
  readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
}

/** What `pulumi stack export` tells of a resource. */
interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly parent?: string;
  readonly provider?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deletedWith?: string;
  readonly inputs?: unknown;
}

/** Marks a secret in the engine's JSON (sdk/go/common/resource/sig/sig.go). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** The Pulumi CLI on the PATH, with a backend of its own. */
export class PulumiEngine implements Engine {
  readonly name = "pulumi";
  readonly #place: StackPlace;

  private constructor(place: StackPlace) {
    this.#place = place;
  }

  static async begin(place: StackPlace): Promise<PulumiEngine> {
    const pulumi = new PulumiEngine(place);
    // The CLI would write the file anew; what is in it is meant for both engines.
    const content = readFileSync(place.file);
    await pulumi.#cli("stack", "init", place.stack, "--no-select");
    writeFileSync(place.file, content);
    return pulumi;
  }

  async preview(): Promise<Plan> {
    const printed = await this.#onStack("preview", "--json", "--show-sames");
    const { steps } = JSON.parse(printed) as { steps: PreviewStep[] };
    return Object.fromEntries(
      steps.map((step) => [
        step.urn,
        { verb: step.op, changed: changedOf(step), replaceKeys: replaceKeysOf(step) },
      ]),
    );
  }

  async up(): Promise<void> {
    await this.#onStack("up", "--yes", "--skip-preview");
  }

  async refresh(): Promise<void> {
    await this.#onStack("refresh", "--yes", "--skip-preview");
  }

  async destroy(): Promise<void> {
    await this.#onStack("destroy", "--yes", "--skip-preview");
  }

  async state(): Promise<RecordedState> {
    const printed = await this.#onStack("stack", "export", "--show-secrets");
    const { deployment } = JSON.parse(printed) as {
      deployment: { resources?: ExportedResource[] };
    };
    return Object.fromEntries(
      (deployment.resources ?? []).map((resource) => [resource.urn, recorded(resource)]),
    );
  }

  async outputs(): Promise<unknown> {
    const printed = await this.#onStack("stack", "output", "--json", "--show-secrets");
    return JSON.parse(printed) as unknown;
  }

  #onStack(...args: readonly string[]): Promise<string> {
    return this.#cli(...args, "--stack", this.#place.stack);
  }

  /** @returns what the command prints. @throws Error with all that it said, when it fails */
  async #cli(...args: readonly string[]): Promise<string> {
    const { folder, stateDir, passphrase } = this.#place;
    const child = spawn("pulumi", [...withParallelism(args), "--non-interactive"], {
      cwd: folder,
      env: {
        ...process.env,
        PATH: [path.dirname(process.execPath), process.env["PATH"]].join(path.delimiter),
        PULUMI_BACKEND_URL: `file://${stateDir}`,
        PULUMI_CONFIG_PASSPHRASE: passphrase,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        NO_COLOR: "1",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on("error", reject).on("close", resolve);
    });
    const [stdout, stderr, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      ended,
    ]);
    if (code === 0) return stdout;
    const said = faultsOf(stdout) ?? stdout;
    throw new Error(`pulumi ${args.join(" ")} ended with ${String(code)}:\n${said}${stderr}`);
  }
}

/** The faults in a plan in JSON, which has every resource in it too; undefined in other output. */
function faultsOf(printed: string): string | undefined {
  const plan = fromText(printed) as { diagnostics?: { urn?: string; message: string }[] } | string;
  if (typeof plan === "string") return undefined;
  return plan.diagnostics?.map(({ urn = "", message }) => `${urn} ${message}`).join("\n");
}

/** A property that providers of Terraform's kind keep for themselves. */
const OF_THE_BRIDGE = "__meta";

/** Top-level properties that differ. Kubernetes' provider tells them by their paths only. */
function changedOf({ diffReasons, detailedDiff }: PreviewStep): string[] {
  const reasons = sorted(diffReasons);
  if (reasons.length > 0) return reasons;
  const properties = Object.keys(detailedDiff ?? {}).map((path) => path.split(/[.[]/)[0] ?? "");
  return sorted([...new Set(properties)]);
}

/**
 * What makes it a replacement, to the depth at which the embedded engine's table has it: `spec.template`,
 * whichever field of a template it is.
 */
function replaceKeysOf({ replaceReasons }: PreviewStep): string[] {
  const keys = sorted(replaceReasons).map((path) => path.split(".").slice(0, 2).join("."));
  return [...new Set(keys)];
}

const sorted = (keys: readonly string[] | null | undefined): string[] =>
  (keys ?? []).filter((key) => key !== OF_THE_BRIDGE).sort();

const recorded = (resource: ExportedResource): RecordedResource => ({
  type: resource.type,
  custom: resource.custom,
  parent: resource.parent ?? "",
  provider: urnOfProviderReference(resource.provider ?? ""),
  dependencies: resource.dependencies ?? [],
  propertyDependencies: Object.fromEntries(
    Object.entries(resource.propertyDependencies ?? {}).map(([key, urns]) => [key, urns ?? []]),
  ),
  protect: resource.protect ?? false,
  retainOnDelete: resource.retainOnDelete ?? false,
  deletedWith: resource.deletedWith ?? "",
  inputs: resource.type.startsWith("pulumi:providers:")
    ? providerInputs(plain(resource.inputs ?? {}))
    : plain(resource.inputs ?? {}),
});

/** A provider's configuration: kept as JSON in text, together with what the engine itself is to know. */
function providerInputs(inputs: unknown): unknown {
  return Object.fromEntries(
    Object.entries(inputs as Readonly<Record<string, unknown>>)
      .filter(([key]) => key !== "__internal" && key !== "version")
      .map(([key, value]) => [key, fromText(value)]),
  );
}

function fromText(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  if (fields[SIGNATURE] === SECRET) {
    return markSecret(plain(JSON.parse(String(fields["plaintext"]))));
  }
  return Object.fromEntries(Object.entries(fields).map(([key, part]) => [key, plain(part)]));
}
