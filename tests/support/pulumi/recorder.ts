import * as pulumi from "@pulumi/pulumi";
import { SECRET_KEYS } from "../../../model/stack/stack-config.ts";

/** A resource as the program registered it. Secrets arrive unwrapped, their names listed apart. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  /** Names of the inputs that were marked secret. */
  readonly secrets: readonly string[];
}

/** The options that decide what may happen to a resource. Resources are `type name`. */
export interface RecordedOptions {
  readonly urn: string;
  /** URN of the parent. */
  readonly parent: string | undefined;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deletedWith: string | undefined;
  readonly ignoreChanges: readonly string[];
  readonly dependsOn: readonly string[];
  /** Names of the hooks. */
  readonly hooks: RecordedHooks;
}

/** What runs before a resource is made, and before it is changed. */
export interface RecordedHooks {
  readonly beforeCreate: readonly string[];
  readonly beforeUpdate: readonly string[];
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

const SECRET_CONFIG = Object.keys(SECRET_KEYS).map((key) => `kafka-platform:${key}`);

/** Whether it is a value in the form in which Pulumi hands on a secret. */
export const isSecret = (value: unknown): value is { value: unknown } =>
  typeof value === "object" &&
  value !== null &&
  (value as Record<string, unknown>)[SIGNATURE] === SECRET;

/**
 * Records everything that a test registers. Call {@link record} in each test: it replaces the mocks,
 * runs `build`, waits until every resource has been registered, and returns them in order of name.
 *
 * With `preview`, what providers compute is unknown.
 */
export async function record(
  build: () => unknown,
  config: Record<string, string> = {},
  { preview = false }: { readonly preview?: boolean } = {},
): Promise<Recorded[]> {
  const recorded: Recorded[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: (args) => {
        const { type, name } = args;
        const inputs = args.inputs as Record<string, unknown>;
        const entries = Object.entries(inputs);
        recorded.push({
          type,
          name,
          inputs: Object.fromEntries(
            entries.map(([key, value]) => [key, isSecret(value) ? value.value : value]),
          ),
          secrets: entries.filter(([, value]) => isSecret(value)).map(([key]) => key),
        });
        // A preview does not know what a provider would add.
        const added = preview ? {} : computed(type, name);
        return { id: `${name}-id`, state: { ...inputs, ...added } };
      },
      call: ({ token }) => {
        throw new Error(`unexpected call of ${token}`);
      },
    },
    "kafka-platform",
    "test",
    preview,
  );
  pulumi.runtime.setAllConfig(config, SECRET_CONFIG);
  const options = recordOptions();
  await build();
  await pulumi.runtime.disconnect();
  const key = ({ type, name }: Recorded) => `${type} ${name}`;
  for (const one of recorded) {
    const given = options.get(key(one));
    if (given) OPTIONS.set(one, given);
  }
  return recorded.sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

/** Kept apart: most tests compare what a resource is told, and not what may happen to it. */
const OPTIONS = new WeakMap<Recorded, RecordedOptions>();

/** The options that a resource was registered with. */
export function optionsOf(recorded: Recorded): RecordedOptions {
  const options = OPTIONS.get(recorded);
  if (!options) throw new Error(`${recorded.type} ${recorded.name} was not recorded`);
  return options;
}

/** What is read of a request to register a resource, which mocks are not told. */
interface RegisterRequest {
  getParent(): string;
  getType(): string;
  getName(): string;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getDeletedwith(): string;
  getIgnorechangesList(): string[];
  getDependenciesList(): string[];
  getHooks(): { getBeforeCreateList(): string[]; getBeforeUpdateList(): string[] } | undefined;
}

type Answer = (error: unknown, response?: { getUrn(): string }) => void;

/**
 * Listens at the mocks' monitor, and returns the options of each resource as they come in. Takes hooks,
 * which the mocks know nothing of: without an answer a program that has any would wait for ever.
 */
function recordOptions(): Map<string, RecordedOptions> {
  const options = new Map<string, RecordedOptions>();
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    registerResource: (request: RegisterRequest, answer: Answer) => unknown;
    registerResourceHook: (request: unknown, answer: (error: null) => void) => void;
  };
  monitor.registerResourceHook = (_, answer) => answer(null);
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, answer) => {
    const given = {
      parent: request.getParent() === "" ? undefined : request.getParent(),
      protect: request.getProtect(),
      retainOnDelete: request.getRetainondelete(),
      deletedWith: shortName(request.getDeletedwith()),
      ignoreChanges: request.getIgnorechangesList(),
      dependsOn: request.getDependenciesList().map((urn) => shortName(urn) ?? ""),
      hooks: {
        beforeCreate: request.getHooks()?.getBeforeCreateList() ?? [],
        beforeUpdate: request.getHooks()?.getBeforeUpdateList() ?? [],
      },
    };
    return register(request, (error, response) => {
      const urn = response?.getUrn() ?? "";
      options.set(`${request.getType()} ${request.getName()}`, { urn, ...given });
      answer(error, response);
    });
  };
  return options;
}

/** `type name` of the resource with this URN; nothing for the empty one. */
function shortName(urn: string): string | undefined {
  const [, , types = "", name = ""] = urn.split("::");
  return urn === "" ? undefined : `${types.split("$").at(-1) ?? ""} ${name}`;
}

/** What a provider would add to a resource. */
function computed(type: string, name: string): Record<string, unknown> {
  switch (type) {
    case "docker:index/remoteImage:RemoteImage":
      return { imageId: `sha256:${name}` };
    case "tls:index/privateKey:PrivateKey":
      return {
        privateKeyPem: pem("EC PRIVATE KEY", name),
        privateKeyPemPkcs8: pem("PRIVATE KEY", name),
      };
    case "tls:index/certRequest:CertRequest":
      return { certRequestPem: pem("CERTIFICATE REQUEST", name) };
    case "tls:index/locallySignedCert:LocallySignedCert":
      return { certPem: pem("CERTIFICATE", name) };
    default:
      return {};
  }
}

/** Has the form of PEM and says whose it is. */
const pem = (label: string, name: string) =>
  `-----BEGIN ${label}-----\n${name}\n-----END ${label}-----\n`;

/** The resources of one type, by name. */
export const ofType = (recorded: readonly Recorded[], type: string): Record<string, Recorded> =>
  Object.fromEntries(recorded.filter((one) => one.type === type).map((one) => [one.name, one]));
