import { PROVIDERS } from "../../../engine/providers.ts";
import {
  type AnyProviderDriver,
  type AnyResourceDriver,
  createSalt,
  mapValues,
  markAllLike,
  planGoals,
  type Properties,
  type PropertyMap,
  recordProgram,
  type ResourceRecord,
  revealAll,
  secret,
  State,
  toStored,
  UNKNOWN,
  type Value,
} from "../../../engine/index.ts";

/** What only an apply would tell, made up: a text in the shape of whatever looks at it. */
function madeUp(value: Value, key: string): Value {
  if (value !== UNKNOWN) return value;
  if (key.startsWith("privateKey")) return `-----BEGIN PRIVATE KEY-----\n${key}\n`;
  if (key === "certRequestPem") return `-----BEGIN CERTIFICATE REQUEST-----\n${key}\n`;
  return key.endsWith("Pem") ? `-----BEGIN CERTIFICATE-----\n${key}\n` : `made-up ${key}`;
}

/** Drivers whose plans know everything, as if it had been applied. */
const KNOWING: readonly AnyProviderDriver[] = PROVIDERS.map((provider) => ({
  ...provider,
  resources: (provider.resources as readonly AnyResourceDriver[]).map((driver) => ({
    ...driver,
    plan: (inputs: Properties, old: undefined) => mapValues(driver.plan(inputs, old), madeUp),
  })),
}));

interface ExportOptions {
  readonly passphrase: string;
  readonly stack: string;
  /** Arguments for the program's Node. */
  readonly nodeArgs: readonly string[];
}

/**
 * What `pulumi stack export` writes of a stack that was deployed with this configuration, its secrets
 * encrypted under `passphrase`.
 */
export async function stackExport(
  config: {
    readonly values: Readonly<Record<string, string>>;
    readonly secretKeys: readonly string[];
  },
  { passphrase, stack, nodeArgs }: ExportOptions,
): Promise<string> {
  const identity = { stack, project: "kafka-platform" };
  const target = { projectDir: process.cwd(), ...identity };
  const given = { config, providers: KNOWING, onEvent: () => undefined };
  const { goals, failures } = await recordProgram({ target, nodeArgs, ...given });
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
  const { resources } = planGoals({ stack: identity, ...given, goals, state: State.of([]) });
  const { salt, cipher } = await createSalt({ value: passphrase, source: "the test" });
  const exported = resources.flatMap(({ after }) => {
    if (after === undefined) return [];
    const { provider, custom, urn, inputs } = after;
    return [
      {
        ...after,
        id: custom ? (urn.split("::").at(-1) ?? "") : "",
        inputs: { __defaults: [], ...toStored(inputs, cipher) },
        outputs: toStored(outputsOf(after), cipher),
        provider: provider === "" ? "" : `${provider}::an-id`,
      },
    ];
  });
  const secrets_providers = { type: "passphrase", state: { salt } };
  return JSON.stringify({
    version: 3,
    deployment: { manifest: {}, secrets_providers, resources: exported },
  });
}

function outputsOf({ type, inputs }: ResourceRecord): PropertyMap {
  const drivers = KNOWING.flatMap(({ resources }) => resources as readonly AnyResourceDriver[]);
  const driver = drivers.find((one) => one.type === type);
  if (driver === undefined) return {};
  const outputs = markAllLike(driver.plan(revealAll(inputs), undefined), inputs);
  return mapValues(outputs, (value, key) =>
    driver.secretOutputs?.includes(key) ? secret(value) : value,
  );
}
