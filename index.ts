import * as pulumi from "@pulumi/pulumi";
import { accountLogins, appliedCredentials } from "./components/kafka/account-outputs.ts";
import { platformCredential } from "./components/kafka/platform-credential.ts";
import { registered } from "./components/kafka/registered.ts";
import { kafkaProvider } from "./components/kafka/kafka-provider.ts";
import type { UiAccess } from "./components/kafka/kafka-ui-access.ts";
import {
  alerting,
  createAccount,
  createClientQuotas,
  createDefaultQuota,
  createPlatform,
  createTopic,
  createOwnAccounts,
  createCanaryTopic,
  declaredForExporter,
  shownDashboards,
  type DeclarationContext,
} from "./compose.ts";
import { loadConfig, reported } from "./config.ts";
import { changeGuards } from "./guards/change-guards.ts";
import { TopicsOfAccounts } from "./model/catalogue/account-topics.ts";
import { catalogueWarnings } from "./model/catalogue/catalogue-warnings.ts";
import { KAFKA_UI_ACCOUNT, OPERATOR_ACCOUNT } from "./model/credentials/platform-accounts.ts";
import { EXPORTER_ACCOUNT } from "./model/observability/exporter-access.ts";
import { targetOf } from "./model/stack/cluster-kinds.ts";
import { loadCatalogue } from "./model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "./topics/index.ts";

const config = reported(loadConfig);
const { environment, protection, defaultQuota } = config;
const catalogue = reported(() => loadCatalogue(DECLARATIONS, targetOf(config)));

for (const warning of catalogueWarnings(catalogue, config)) {
  void pulumi.log.warn(warning);
}

const today = new Date();
const platform = createPlatform(config, today);
const endpoint = platform.kafka;

// What is declared in Kafka lives on the volume, so it goes with the volume, not with the broker.
const inKafka = { provider: kafkaProvider(endpoint), deletedWith: platform.dataVolume };
for (const login of platform.logins) platformCredential(login, inKafka);

const guards = protection ? changeGuards(endpoint, today) : undefined;
const context: DeclarationContext = { config, today, inKafka, guards };
const topics = catalogue.topics.map((topic) => createTopic(topic, context).topic);
const topicsOf = new TopicsOfAccounts(catalogue.topics, environment);
const accounts = catalogue.accounts.map((declared) => {
  const account = createAccount(declared, context);
  const { login, consumerGroups, credentials } = account;
  const client = { login, consumerGroups, topics: topicsOf.of(declared), environment };
  platform.publishCredentials(client, declared.owner, { dependsOn: account });
  return { ...client, credentials, inKafka: account.inKafka };
});
if (defaultQuota) createDefaultQuota(defaultQuota, inKafka);
createClientQuotas(config.clientQuotas, inKafka);

const own = createOwnAccounts(context);
const observer = own.get(KAFKA_UI_ACCOUNT);
const ui = observer && platform.startUi(observer.login, { dependsOn: observer });

const exporter = own.get(EXPORTER_ACCOUNT);
const canary = exporter && createCanaryTopic(context);
/** A change that is refused must not have told them already what it would have brought. */
async function afterDeclarations(): Promise<pulumi.Resource[]> {
  await registered([...topics, ...accounts.flatMap((account) => account.inKafka)]);
  return exporter && canary ? [endpoint, exporter, canary] : [endpoint];
}
const watching = platform.startObservability(
  {
    ...alerting(catalogue, config),
    dashboards: await shownDashboards(config, catalogue),
    exporter: exporter && {
      account: exporter.login,
      declared: declaredForExporter(catalogue, config),
    },
  },
  { dependsOn: afterDeclarations() },
);

export const bootstrapServers = endpoint.bootstrapServers.join(",");
export const internalBootstrapServers = endpoint.internalBootstrapServers.join(",");
export const tlsEnabled = endpoint.tlsEnabled;
// Null and not undefined: Pulumi warns of an output without a value.
export const caCertificate = endpoint.caCertificate ?? null;
export const metrics = { url: endpoint.metricsUrls[0], urls: endpoint.metricsUrls };
export const admin = endpoint.admin;
const shown = (access: UiAccess | undefined) =>
  access ? { url: access.url, username: access.username, password: access.password } : null;
const uiLogin = shown(ui);
/** What commands log in as that only look. */
export const operator = own.get(OPERATOR_ACCOUNT)?.login ?? null;
const logins = accountLogins(endpoint, accounts);
export const observability = watching
  ? {
      prometheusUrl: watching.prometheusUrl ?? null,
      alertmanagerUrl: watching.alertmanagerUrl ?? null,
      grafana: shown(watching.grafana),
      exporter: shown(watching.exporter),
    }
  : null;
const rotatable = [...accounts, ...own.values()];
export const credentials = appliedCredentials(rotatable, platform.rotatable);
export { environment, logins as accounts, uiLogin as ui };
