import { createHash } from "node:crypto";
import { z } from "zod";
import { stackConfigSchema } from "../../model/stack/stack-config.ts";
import { CLUSTER_KIND_NAMES, CLUSTER_KINDS, kindOf } from "../../model/stack/cluster-kinds.ts";
import { lacksExporterImage } from "../../model/observability/observability-faults.ts";
import { withheldKey } from "../../model/stack/withheld-key.ts";
import type { Cipher } from "../../engine/index.ts";
import type { EngineConfig } from "../stack/effective-config.ts";
import { PROJECT } from "../stack/project.ts";
import { asText, encryptedText, type StackFile } from "../stack/stack-file.ts";

/** Configuration to plan with, where not everything is there that a run needs. */
export interface PlanningConfig extends EngineConfig {
  /** Keys whose secrets are withheld: something else stands for them. */
  readonly withheld: readonly string[];
  /** Keys that commands have yet to write. */
  readonly missing: readonly string[];
}

/** What stands for what is missing. One authority for all plans of a report: it is random. */
export interface StandIns {
  /** Tells two sets of stand-ins for the same secrets apart. */
  readonly label: string;
  /** An authority, in PEM, for a stack that has none yet. */
  readonly authority: { readonly certificate: string; readonly key: string };
}

const CLUSTER = `${PROJECT}:cluster`;
const OBSERVABILITY = `${PROJECT}:observability`;

const kubernetes = z.looseObject({ kind: z.literal("kubernetes") });
const watched = z.looseObject({ exporter: z.looseObject({}).optional() });
const anyKind = z.looseObject({ kind: z.enum(CLUSTER_KIND_NAMES) });

/** The kind of a cluster of whose settings the rest may be missing or wrong. */
function kindIn(cluster: unknown) {
  const { data } = anyKind.safeParse(cluster);
  return data && kindOf(data);
}

const secretsOf = (cluster: unknown) => (kindIn(cluster) ?? CLUSTER_KINDS.docker).secrets;

/** Ids and a digest that are of the right shape and belong to nothing. */
const STAND_INS = {
  clusterId: "A".repeat(22),
  directoryIds: ["A".repeat(22), `${"A".repeat(20)}BA`, `${"A".repeat(20)}CA`],
  image: imageStandIn("broker"),
};

function imageStandIn(of: "broker" | "exporter"): string {
  return `missing.invalid/kafka-platform/${of}@sha256:${"0".repeat(64)}`;
}

/**
 * The configuration of a stack file, for planning. Without `cipher` each secret is stood in for by a text
 * made from its ciphertext: the same for the same secret, another for another one.
 */
export function planningConfig(
  { config }: StackFile,
  standIns: StandIns,
  cipher?: Cipher,
): PlanningConfig {
  const missing: string[] = [];
  const withheld: string[] = [];
  const values: Record<string, string> = {};
  const secretKeys: string[] = [];
  for (const [key, value] of Object.entries(config)) {
    const encrypted = encryptedText(value);
    values[key] = asText(value);
    if (encrypted === undefined) continue;
    secretKeys.push(key);
    if (cipher === undefined) withheld.push(key);
    values[key] = cipher?.decrypt(encrypted) ?? secretStandIn(key, encrypted, standIns);
  }
  const cluster = kubernetes.safeParse(config[CLUSTER]).data;
  for (const name of secretsOf(config[CLUSTER])) {
    const key = `${PROJECT}:${name}`;
    if (key in values) continue;
    missing.push(key);
    secretKeys.push(key);
    const whole = name === "caKey" && cluster?.["caCertificate"] === undefined;
    values[key] = whole ? standIns.authority.key : secretStandIn(key, "", standIns);
  }
  if (cluster) {
    const caCertificate = standIns.authority.certificate;
    const lacking = Object.entries({ ...STAND_INS, caCertificate }).filter(
      ([field]) => !(field in cluster),
    );
    missing.push(...lacking.map(([field]) => `${CLUSTER}.${field}`));
    values[CLUSTER] = JSON.stringify({ ...cluster, ...Object.fromEntries(lacking) });
  }
  const observability = watched.safeParse(config[OBSERVABILITY]).data;
  if (observability && lacksExporterImage({ cluster, observability })) {
    missing.push(`${OBSERVABILITY}.exporter.image`);
    const exporter = { ...observability.exporter, image: imageStandIn("exporter") };
    values[OBSERVABILITY] = JSON.stringify({ ...observability, exporter });
  }
  return { values, secretKeys, withheld, missing };
}

/** Stand-ins that are enough for the configuration of all of these files. */
export async function standInsFor(...files: readonly (StackFile | undefined)[]): Promise<StandIns> {
  const none = { label: "plan", authority: { certificate: "", key: "" } };
  const lacking = files.some(
    (file) => file && planningConfig(file, none).missing.some(isAuthority),
  );
  if (!lacking) return none;
  const { createCertificateAuthority } = await import("../credentials/certificate-authority.ts");
  return { ...none, authority: await createCertificateAuthority("stand-in", new Date()) };
}

const isAuthority = (key: string): boolean => key.endsWith(".caCertificate");

function secretStandIn(key: string, encrypted: string, { label }: StandIns): string {
  const token = createHash("sha256").update(`${label} ${key} ${encrypted}`).digest("hex");
  return key === `${PROJECT}:caKey` ? withheldKey(token) : token;
}

/** The environment whose policies apply; the strictest where the file does not say. */
export function environmentOf({ config }: StackFile): "dev" | "staging" | "prod" {
  const given = stackConfigSchema.shape.environment.safeParse(config[`${PROJECT}:environment`]);
  return given.data ?? "prod";
}

/** Whether the stack is one of this machine, made by `npm start`. */
export const isLocal = ({ config }: StackFile): boolean =>
  kindIn(config[CLUSTER])?.isLocal === true;
