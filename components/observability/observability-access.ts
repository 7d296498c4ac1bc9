import type { ExporterConfigFile } from "../../model/observability/exporter-config.ts";
import type { RuleFile } from "../../model/alerting/rule-file.ts";
import type { Login } from "../kafka/endpoint.ts";
import type * as pulumi from "@pulumi/pulumi";
import type { UiAccess } from "../kafka/kafka-ui-access.ts";

/** What is known of alerts and dashboards, whatever shows them. */
export interface ObservabilityContent {
  /** Rules of alerts. @default none */
  readonly rules?: RuleFile | undefined;
  /** What receivers are logged in to with, by the name of the file that the configuration says. @default none */
  readonly receiverSecrets?: pulumi.Input<Readonly<Record<string, string>>> | undefined;
  /** The JSON of each dashboard, by the name of its file. @default none */
  readonly dashboards?: Readonly<Record<string, string>> | undefined;
  /** The exporter's Kafka account, and what it is told of the catalogue. @default there is no exporter */
  readonly exporter?:
    { readonly account: Login; readonly declared: ExporterConfigFile["declared"] } | undefined;
}

/** Where what watches the brokers is reached; undefined for what is turned off. */
export interface ObservabilityAccess {
  readonly prometheusUrl?: string | undefined;
  readonly alertmanagerUrl?: string | undefined;
  readonly grafana?: UiAccess | undefined;
  /** Its status page; its metrics are at `/metrics` of it, without a login. */
  readonly exporter?: UiAccess | undefined;
}
