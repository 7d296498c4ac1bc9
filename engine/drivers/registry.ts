import { unsupported } from "../values/failure.ts";
import { packageOf, providerPackage } from "../values/urn.ts";
import type { AnyResourceDriver, CheckResult, Properties, ProviderDriver } from "./driver.ts";

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

  /** @throws UserError for a type no driver is for */
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
