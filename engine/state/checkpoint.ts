import { z } from "zod";
import { Drivers } from "../drivers/registry.ts";
import type { AnyProviderDriver } from "../drivers/driver.ts";
import {
  isArray,
  isMap,
  mapValues,
  markAllLike,
  type PropertyMap,
  type PropertyValue,
  revealAll,
} from "../values/property-values.ts";
import type { ResourceRecord } from "./resource-record.ts";
import { State } from "./state.ts";
import { parseUrn, providerPackage, urnOfProviderReference } from "../values/urn.ts";
import {
  type Cipher,
  fromStored,
  isStoredSecret,
  type Json,
  type JsonMap,
} from "../values/encoding.ts";
import { UserError } from "../../model/values/user-error.ts";

/**
 * What `pulumi stack export` writes (sdk/go/common/apitype: UntypedDeployment, ResourceV3): format 3, or 4
 * with the features that its resources use. Hooks say when something runs, and nothing of an object.
 */
const FORMATS = [3, 4] as const;
const FEATURES = ["hooks"] as const;

const json = z.custom<Json>(() => true);
const properties = z.record(z.string(), json).default({});
const urns = z.array(z.string()).nullish();

const resourceSchema = z.object({
  urn: z.string().startsWith("urn:pulumi:"),
  type: z.string(),
  custom: z.boolean().default(false),
  delete: z.boolean().default(false),
  id: z.string().default(""),
  parent: z.string().default(""),
  provider: z.string().default(""),
  inputs: properties,
  outputs: properties,
  dependencies: urns,
  propertyDependencies: z.record(z.string(), urns).nullish(),
  protect: z.boolean().default(false),
  retainOnDelete: z.boolean().default(false),
  deletedWith: z.string().default(""),
  additionalSecretOutputs: z.array(z.string()).nullish(),
  pendingReplacement: z.boolean().default(false),
});

const exportSchema = z.object({
  version: z.literal(FORMATS),
  features: z.array(z.enum(FEATURES)).nullish(),
  deployment: z.object({
    secrets_providers: z
      .object({ type: z.string(), state: z.looseObject({ salt: z.string().optional() }).nullish() })
      .nullish(),
    resources: z.array(resourceSchema).nullish(),
  }),
});

type StoredResource = z.output<typeof resourceSchema>;

/** An exported stack: what is recorded of it, secrets still encrypted. */
export interface Checkpoint {
  readonly resources: readonly StoredResource[];
  /** Salt of the passphrase its secrets are encrypted with; undefined where it is none. */
  readonly salt: string | undefined;
  readonly hasSecrets: boolean;
}

/**
 * Reads what `pulumi stack export` wrote of a stack.
 *
 * @throws UserError for anything else, and for another stack or project
 */
export function readCheckpoint(
  text: string,
  file: string,
  wanted: { readonly stack: string; readonly project: string },
): Checkpoint {
  const made = `wanted the JSON that \`pulumi stack export --stack ${wanted.stack}\` writes`;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${file} is not JSON (${(error as Error).message}); ${made}.`);
  }
  const parsed = exportSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join(".") ?? "";
    throw new UserError(
      `${file} is no export of a stack${where === "" ? "" : ` (at ${where})`}; ${made}.`,
    );
  }
  const { resources, secrets_providers: secrets } = parsed.data.deployment;
  for (const { urn } of resources ?? []) {
    const { stack, project } = ownerOf(urn, file);
    if (stack === wanted.stack && project === wanted.project) continue;
    throw new UserError(
      `${file} is the state of stack ${stack} of project ${project}; wanted stack ${wanted.stack} of ${wanted.project}.`,
    );
  }
  return {
    resources: resources ?? [],
    salt: secrets?.type === "passphrase" ? secrets.state?.salt : undefined,
    hasSecrets: (resources ?? []).some(({ inputs, outputs }) =>
      [inputs, outputs].some(containsCiphertext),
    ),
  };
}

function ownerOf(urn: string, file: string): { stack: string; project: string } {
  try {
    return parseUrn(urn);
  } catch {
    throw new UserError(`${file} holds "${urn}", which is not the URN of a resource.`);
  }
}

/**
 * The state in the form that this engine's own drivers would have recorded: what the real providers
 * note for themselves is left out, and defaults are filled in alike.
 */
export function stateOfCheckpoint(
  { resources }: Checkpoint,
  cipher: Cipher,
  providers: readonly AnyProviderDriver[],
): State {
  const drivers = new Drivers(providers);
  const records = resources.map((stored) => recordOf(stored, cipher));
  const configured = new Map<string, PropertyMap>();
  const alike = (record: ResourceRecord): ResourceRecord => {
    if (!record.custom) return record;
    const provider = revealAll(configured.get(record.provider) ?? {});
    const inputs = checkedAlike(drivers, record, provider);
    if (providerPackage(record.type) !== undefined) configured.set(record.urn, inputs);
    return { ...record, inputs };
  };
  // A provider comes before what it is for, in every state that Pulumi writes.
  const all = records.map(alike);
  return State.of(
    all.filter((_, index) => resources[index]?.delete === false),
    all.filter((_, index) => resources[index]?.delete === true),
  );
}

function checkedAlike(
  drivers: Drivers,
  { type, inputs }: ResourceRecord,
  provider: ReturnType<typeof revealAll>,
): PropertyMap {
  try {
    const checked = drivers.check(type, revealAll(inputs), provider);
    return checked.failures.length > 0 ? inputs : markAllLike(checked.inputs, inputs);
  } catch (error) {
    // A type that no driver is for can still be deleted from the program.
    if (error instanceof UserError) return inputs;
    throw error;
  }
}

function recordOf(stored: StoredResource, cipher: Cipher): ResourceRecord {
  const { inputs, outputs, custom } = stored;
  const { urn, type, id, parent, protect, retainOnDelete, deletedWith, pendingReplacement } =
    stored;
  const given = stored.propertyDependencies ?? {};
  return {
    urn,
    type,
    custom,
    id,
    parent,
    protect,
    retainOnDelete,
    deletedWith,
    pendingReplacement,
    provider: urnOfProviderReference(stored.provider),
    inputs: readProperties(inputs, cipher),
    // What components give out is recorded again by every run.
    outputs: custom ? readProperties(outputs, cipher) : {},
    dependencies: stored.dependencies ?? [],
    propertyDependencies: mapValues(given, (list) => list ?? []),
    timeouts: {},
    replaceOnChanges: [],
    additionalSecretOutputs: stored.additionalSecretOutputs ?? [],
    hooks: {},
  };
}

/** Without what providers and bridges note for themselves, such as `__defaults`, at any depth. */
const readProperties = (stored: JsonMap, cipher: Cipher): PropertyMap =>
  withoutNotes(fromStored(stored, cipher)) as PropertyMap;

function withoutNotes(value: PropertyValue): PropertyValue {
  if (isArray(value)) return value.map(withoutNotes);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).filter(([key]) => !key.startsWith("__"));
  return Object.fromEntries(entries.map(([key, part]) => [key, withoutNotes(part)]));
}

function containsCiphertext(value: Json): boolean {
  if (isList(value)) return value.some(containsCiphertext);
  if (typeof value !== "object" || value === null) return false;
  if (isStoredSecret(value)) return "ciphertext" in value;
  return Object.values(value).some(containsCiphertext);
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
