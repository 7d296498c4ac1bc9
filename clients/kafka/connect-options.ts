import type { ScramMechanism } from "../../model/values/scram-mechanism.ts";

export interface Sasl {
  readonly mechanism: ScramMechanism | "PLAIN";
  readonly username: string;
  readonly password: string;
}

export interface ConnectOptions {
  /** `host:port` each; tried in order until one answers. */
  readonly bootstrapServers: readonly string[];
  /** TLS with these certificate authorities (PEM, one or several); plain text when left out. */
  readonly tls?: { readonly ca?: string };
  readonly sasl?: Sasl;
  /** Milliseconds one call may take from connecting to visible effect. Default 30 000. */
  readonly deadlineMs?: number;
}
