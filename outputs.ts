import { accountLogins, appliedCredentials } from "./components/kafka/account-outputs.ts";
import type { UiAccess } from "./components/kafka/kafka-ui-access.ts";
import type { Platform } from "./components/kafka/platform.ts";
import type { ServiceAccount } from "./components/kafka/service-account.ts";
import type { ObservabilityAccess } from "./components/observability/observability-access.ts";
import type { createClients } from "./compose.ts";
import { OPERATOR_ACCOUNT } from "./model/credentials/platform-accounts.ts";

/** What a stack has made: where its outputs are from. */
export interface Made {
  readonly platform: Platform;
  /** The declared accounts. */
  readonly accounts: ReturnType<typeof createClients>;
  /** The program's own accounts, by name. */
  readonly own: ReadonlyMap<string, ServiceAccount>;
  readonly ui: UiAccess | undefined;
  readonly observers: ObservabilityAccess | undefined;
}

/** The outputs of a stack. What it does not have is null and not undefined: Pulumi warns of an output without a value. */
export function stackOutputs({ platform, accounts, own, ui, observers }: Made) {
  const endpoint = platform.kafka;
  return {
    bootstrapServers: endpoint.bootstrapServers.join(","),
    internalBootstrapServers: endpoint.internalBootstrapServers.join(","),
    tlsEnabled: endpoint.tlsEnabled,
    caCertificate: endpoint.caCertificate ?? null,
    metrics: { url: endpoint.metricsUrls[0], urls: endpoint.metricsUrls },
    admin: endpoint.admin,
    /** What commands log in as that only look. */
    operator: own.get(OPERATOR_ACCOUNT)?.login ?? null,
    accounts: accountLogins(endpoint, accounts),
    ui: shown(ui),
    observability: observers
      ? {
          prometheusUrl: observers.prometheusUrl ?? null,
          alertmanagerUrl: observers.alertmanagerUrl ?? null,
          grafana: shown(observers.grafana),
          exporter: shown(observers.exporter),
        }
      : null,
    credentials: appliedCredentials([...accounts, ...own.values()], platform.rotatable),
  };
}

const shown = (access: UiAccess | undefined) =>
  access ? { url: access.url, username: access.username, password: access.password } : null;
