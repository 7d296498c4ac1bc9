import { hostAndPort } from "../../../model/values/network-address.ts";
import { messageOf } from "../../../model/values/user-error.ts";
import { BrokerLink } from "../broker-link.ts";
import type { ConnectOptions } from "../connect-options.ts";
import type { Deadline } from "../deadline.ts";
import { KafkaAdminError } from "../errors.ts";

/** Where a broker is reached. */
export interface BrokerAddress {
  readonly id: number;
  readonly host: string;
  readonly port: number;
}

/** What went wrong at one broker, or with what one user may see. */
export interface Problem {
  readonly broker: number;
  readonly error: KafkaAdminError;
}

/** What brokers answered, each about its part, and what is missing from it. */
export interface Answers<T> {
  readonly byBroker: ReadonlyMap<number, T>;
  readonly problems: readonly Problem[];
}

/**
 * A connection to each broker, kept open: offsets are known to leaders, groups to coordinators, sizes to
 * whoever has the disk. A broker that does not answer costs its own part only.
 */
export class BrokerLinks {
  readonly #options: ConnectOptions;
  readonly #links = new Map<number, { readonly server: string; readonly link: BrokerLink }>();
  /** Requests over links that have been replaced since. */
  #before = 0;
  readonly #any: BrokerLink;

  constructor(options: ConnectOptions) {
    this.#options = options;
    this.#any = new BrokerLink(options);
  }

  /** For what every broker knows. */
  get any(): BrokerLink {
    return this.#any;
  }

  get username(): string {
    return this.#any.username;
  }

  deadline(): Deadline {
    return this.#any.deadline();
  }

  /** Requests sent so far, the ones that open connections left out. */
  get requests(): number {
    const links = [this.#any, ...[...this.#links.values()].map(({ link }) => link)];
    const counts = links.flatMap(({ requests }) => [...requests.values()]);
    return this.#before + counts.reduce((sum, count) => sum + count, 0);
  }

  /** The link to a broker, made anew when it has moved. */
  to({ id, host, port }: BrokerAddress): BrokerLink {
    const server = hostAndPort(host, port);
    const known = this.#links.get(id);
    if (known?.server === server) return known.link;
    if (known) this.#forget(known.link);
    const link = new BrokerLink({ ...this.#options, bootstrapServers: [server] });
    this.#links.set(id, { server, link });
    return link;
  }

  /** Puts a question to each of the brokers at the same time. */
  async ask<T>(
    brokers: readonly BrokerAddress[],
    question: (link: BrokerLink, broker: BrokerAddress) => Promise<T>,
  ): Promise<Answers<T>> {
    const byBroker = new Map<number, T>();
    const problems: Problem[] = [];
    await Promise.all(
      brokers.map(async (broker) => {
        try {
          byBroker.set(broker.id, await question(this.to(broker), broker));
        } catch (error) {
          problems.push({ broker: broker.id, error: asProblem(broker.id, error) });
        }
      }),
    );
    return { byBroker, problems };
  }

  async close(): Promise<void> {
    const links = [...this.#links.values()].map(({ link }) => link);
    await Promise.all([this.#any, ...links].map((link) => link.close().catch(() => undefined)));
  }

  #forget(link: BrokerLink): void {
    this.#before += [...link.requests.values()].reduce((sum, count) => sum + count, 0);
    link.close().catch(() => undefined);
  }
}

/** An answer that cannot be understood is a problem of that broker, too: the others have answered. */
function asProblem(broker: number, error: unknown): KafkaAdminError {
  if (error instanceof KafkaAdminError) return error;
  return new KafkaAdminError("REFUSED", `broker ${String(broker)}: ${messageOf(error)}`);
}

/** A right that is missing, as against a broker that did not answer. */
export const isDenied = ({ error }: Problem): boolean => error.code === "AUTHORISATION";
