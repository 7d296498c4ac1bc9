import * as pulumi from "@pulumi/pulumi";
import { derivePassword } from "../../model/credentials/credentials.ts";
import {
  CANARY_TOPIC,
  EXPORTER_FILES,
  STATUS_PAGE_USERNAME,
} from "../../model/observability/exporter-access.ts";
import type { ExporterConfigFile } from "../../model/observability/exporter-config.ts";
import type { Login } from "../kafka/endpoint.ts";

/** What an exporter is told, whatever it runs on. */
export interface ExporterFileArgs {
  /** Name of the cluster. */
  readonly name: string;
  /** `host:port` of the brokers, as the exporter reaches them. */
  readonly bootstrapServers: readonly string[];
  /** Its own Kafka account. */
  readonly account: Login;
  /** What is declared of topics, groups and credentials. */
  readonly declared: ExporterConfigFile["declared"];
  /** File with the certificates that it trusts. @default connections are not encrypted */
  readonly caFile?: string | undefined;
  /** Address of Alertmanager, which the status page has alerts from. @default it shows none */
  readonly alertmanager?: string | undefined;
}

/** The exporter's configuration file. It names the files of the secrets, and holds none. */
export function exporterFile(args: ExporterFileArgs): string {
  const { username, mechanism } = args.account;
  const { caFile, alertmanager } = args;
  const config: ExporterConfigFile = {
    cluster: args.name,
    bootstrapServers: [...args.bootstrapServers],
    login: { username, mechanism, passwordFile: EXPORTER_FILES.password },
    ...(caFile !== undefined && { caFile }),
    canary: { topic: CANARY_TOPIC },
    page: { username: STATUS_PAGE_USERNAME, passwordFile: EXPORTER_FILES.pagePassword },
    ...(alertmanager !== undefined && { alertmanagerUrl: alertmanager }),
    declared: args.declared,
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

/** The password of the status page's login. */
export const pagePassword = (stackSecret: pulumi.Input<string>): pulumi.Output<string> =>
  pulumi.secret(
    pulumi.output(stackSecret).apply((secret) => derivePassword(secret, "exporter/page/1")),
  );
