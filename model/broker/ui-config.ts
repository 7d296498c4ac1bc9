import type { ScramMechanism } from "../values/scram-mechanism.ts";
import { METRICS_PORT } from "./listeners.ts";
import { scramClientProperties } from "./secret-files.ts";

/** Name of the UI's configuration file. */
export const UI_CONFIG_FILE = "ui.yml";

/** What policies judge the UI by; the file itself is secret. */
export const UI_SAFEGUARDS = { auth: "LOGIN_FORM", readOnly: true } as const;

export interface UiConfigArgs {
  /** Name the cluster is shown by. */
  readonly clusterName: string;
  readonly bootstrapServers: readonly string[];
  /** File with the certificates to trust, in PEM. @default the brokers' listener has no TLS */
  readonly truststore?: string | undefined;
  /** The UI's own Kafka account. */
  readonly account: {
    readonly username: string;
    readonly password: string;
    readonly mechanism: ScramMechanism;
  };
  /** Who may log in to the UI. */
  readonly login: { readonly username: string; readonly password: string };
}

/**
 * Kafka UI's configuration file (Spring, written as JSON, which is YAML too).
 *
 * Login is on and the cluster read-only. Roles are left alone: with a login form they are ignored,
 * so what the UI may do is what its Kafka account may do.
 */
export function renderUiConfig(args: UiConfigArgs): string {
  const { username, password, mechanism } = args.account;
  return JSON.stringify(
    {
      auth: { type: UI_SAFEGUARDS.auth },
      spring: { security: { user: { name: args.login.username, password: args.login.password } } },
      kafka: {
        clusters: [
          {
            name: args.clusterName,
            bootstrapServers: args.bootstrapServers.join(","),
            readOnly: UI_SAFEGUARDS.readOnly,
            properties: scramClientProperties(username, password, {
              mechanism,
              truststore: args.truststore,
            }),
            metrics: { type: "PROMETHEUS", port: METRICS_PORT },
          },
        ],
      },
    },
    undefined,
    2,
  );
}
