import * as pulumi from "@pulumi/pulumi";
import { kafkaProvider } from "./components/kafka/kafka-provider.ts";
import { platformCredential } from "./components/kafka/platform-credential.ts";
import * as compose from "./compose.ts";
import { loadConfig, reported } from "./config.ts";
import { changeGuards } from "./guards/change-guards.ts";
import { catalogueWarnings } from "./model/catalogue/catalogue-warnings.ts";
import { loadCatalogue } from "./model/catalogue/load-catalogue.ts";
import { KAFKA_UI_ACCOUNT } from "./model/credentials/platform-accounts.ts";
import { EXPORTER_ACCOUNT } from "./model/observability/exporter-access.ts";
import { targetOf } from "./model/stack/cluster-kinds.ts";
import { startObservers } from "./observe.ts";
import { stackOutputs } from "./outputs.ts";
import { DECLARATIONS } from "./topics/index.ts";

const config = reported(loadConfig);
const catalogue = reported(() => loadCatalogue(DECLARATIONS, targetOf(config)));
for (const warning of catalogueWarnings(catalogue, config)) void pulumi.log.warn(warning);

const today = new Date();
const platform = compose.createPlatform(config, today);

// What is declared in Kafka lives on the volume, so it goes with the volume, not with the broker.
const inKafka = { provider: kafkaProvider(platform.kafka), deletedWith: platform.dataVolume };
for (const login of platform.logins) platformCredential(login, inKafka);

const guards = config.protection ? changeGuards(platform.kafka, today) : undefined;
const context: compose.DeclarationContext = { config, today, inKafka, guards };
const topics = catalogue.topics.map((topic) => compose.createTopic(topic, context).topic);
const accounts = compose.createClients(catalogue, platform, context);
if (config.defaultQuota) compose.createDefaultQuota(config.defaultQuota, inKafka);
compose.createClientQuotas(config.clientQuotas, inKafka);

const own = compose.createOwnAccounts(context);
const observer = own.get(KAFKA_UI_ACCOUNT);
const ui = observer && platform.startUi(observer.login, { dependsOn: observer });
const declared = [...topics, ...accounts.flatMap((account) => account.inKafka)];
const exporter = own.get(EXPORTER_ACCOUNT);
const observers = await startObservers({ platform, catalogue, declared, exporter }, context);

const outputs = stackOutputs({ platform, accounts, own, ui, observers });
export const { environment } = config;
export const { bootstrapServers, internalBootstrapServers, tlsEnabled, caCertificate } = outputs;
export const { metrics, admin, operator, observability, credentials } = outputs;
const { accounts: logins, ui: uiLogin } = outputs;
export { logins as accounts, uiLogin as ui };
