import { UserError } from "../../model/values/user-error.ts";
import type { OperationContext, ProviderDriver } from "../drivers/driver.ts";
import type { Drivers } from "../drivers/registry.ts";
import type { ResourceRecord } from "../state/resource-record.ts";
import { revealAll } from "../values/property-values.ts";
import { providerPackage } from "../values/urn.ts";
import { type Run, RunStopped } from "./run.ts";

/** Connections of the provider resources, each made once and only when an operation needs it. */
export class Connections {
  readonly #drivers: Drivers;
  readonly #find: (urn: string) => ResourceRecord | undefined;
  readonly #fail: (error: unknown, urn: string) => void;
  readonly #open = new Map<string, { driver: ProviderDriver; client: Promise<unknown> }>();

  /**
   * `find` gives a provider resource as it is at the time of the first operation; `fail` hears of one that
   * cannot be connected to.
   */
  constructor(
    drivers: Drivers,
    run: Run,
    find: (urn: string) => ResourceRecord | undefined,
    fail = (error: unknown, urn: string): void => run.fail(error, urn),
  ) {
    this.#drivers = drivers;
    this.#find = find;
    this.#fail = fail;
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
        this.#fail(error, provider.urn);
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
