import type { CheckResult, OperationContext, Properties } from "./driver.ts";
import type { ProviderDriver, ResourceDriver } from "./driver.ts";
import { revealAll } from "../state/property-values.ts";
import { RunStopped, unsupported, type Run } from "../run/run.ts";
import type { ResourceRecord } from "../state/resource-record.ts";
import { packageOf, providerPackage } from "../state/urn.ts";
import { UserError } from "../../model/values/user-error.ts";

/** A driver whose client's type is its own business: it only ever sees clients it made itself. */
export type AnyResourceDriver = ResourceDriver<unknown>;

/** The drivers of a run, by package and by resource type. */
export class Drivers {
  readonly #packages = new Map<string, ProviderDriver>();
  readonly #resources = new Map<string, AnyResourceDriver>();

  constructor(providers: readonly ProviderDriver[]) {
    for (const provider of providers) {
      this.#packages.set(provider.name, provider);
      for (const driver of provider.resources) this.#resources.set(driver.type, driver);
    }
  }

  /** Throws {@link UserError} for a type no driver is for. */
  resource(type: string): AnyResourceDriver {
    const driver = this.#resources.get(type);
    if (driver !== undefined) return driver;
    const name = packageOf(type);
    throw this.#packages.has(name)
      ? unsupported(`the resource type ${type}`)
      : unsupported(`the package "${name}" (type ${type}); it has ${this.#names()}`);
  }

  provider(name: string): ProviderDriver {
    const driver = this.#packages.get(name);
    if (driver !== undefined) return driver;
    throw unsupported(`the package "${name}"; it has ${this.#names()}`);
  }

  /** Fills in defaults and finds faults, for a resource of `provider` or a provider resource. */
  check(type: string, inputs: Properties, provider: Properties = {}): CheckResult {
    const name = providerPackage(type);
    return name === undefined
      ? this.resource(type).check(inputs, provider)
      : this.provider(name).check(inputs);
  }

  #names(): string {
    return [...this.#packages.keys()].map((name) => `"${name}"`).join(", ") || "none";
  }
}

/** Connections of the provider resources, each made once and only when an operation needs it. */
export class Connections {
  readonly #drivers: Drivers;
  readonly #find: (urn: string) => ResourceRecord | undefined;
  readonly #run: Run;
  readonly #open = new Map<string, { driver: ProviderDriver; client: Promise<unknown> }>();

  /** `find` gives a provider resource as it is at the time of the first operation. */
  constructor(drivers: Drivers, run: Run, find: (urn: string) => ResourceRecord | undefined) {
    this.#drivers = drivers;
    this.#run = run;
    this.#find = find;
  }

  /** A connection that cannot be made is reported once, however many resources need it. */
  async client(record: ResourceRecord, context: OperationContext): Promise<unknown> {
    const provider = this.#find(record.provider);
    if (provider === undefined) {
      throw new UserError(`its provider ${record.provider} is not in the state`);
    }
    let connection = this.#open.get(provider.urn);
    if (connection === undefined) {
      const driver = this.#drivers.provider(providerPackage(provider.type) ?? provider.type);
      const config = revealAll(provider.inputs);
      const connecting = driver.connect(config, { ...context, urn: provider.urn });
      const client = connecting.catch((error: unknown) => {
        this.#run.fail(error, provider.urn);
        throw new RunStopped();
      });
      connection = { driver, client };
      this.#open.set(provider.urn, connection);
    }
    return connection.client;
  }

  async close(): Promise<void> {
    const open = [...this.#open.values()];
    await Promise.allSettled(
      open.map(async ({ driver, client }) => {
        await driver.close(await client);
      }),
    );
  }
}
