import type { ClientSettings } from "./client-settings.ts";
import { clientEnvironment } from "./formats/environment.ts";
import { clientJson } from "./formats/json.ts";
import { secretManifest } from "./formats/kubernetes-secret.ts";
import { librdkafkaProperties } from "./formats/librdkafka.ts";
import { clientProperties } from "./formats/properties.ts";
import { sparkOptions } from "./formats/spark.ts";
import { springYaml } from "./formats/spring.ts";

/** A way to write down what a client is set up with. The password is in it. */
export interface ClientFormat {
  /** The end of its file's name, after the account's. */
  readonly suffix: string;
  /** Whether the certificates to trust are in a file beside it. @default in the file itself */
  readonly wantsCaFile?: boolean;
  /** @param caFile where that file is */
  readonly render: (client: ClientSettings, caFile: string) => string;
}

export const CLIENT_FORMATS = {
  /** For Java clients and Kafka's own tools. */
  properties: {
    suffix: "client.properties",
    render: clientProperties,
  },
  /** For programs. */
  json: { suffix: "client.json", render: clientJson },
  /** For librdkafka, its bindings for Python, Go and .NET, and kcat. */
  librdkafka: {
    suffix: "client.librdkafka.properties",
    wantsCaFile: true,
    render: librdkafkaProperties,
  },
  /** For environment variables of a service. */
  env: {
    suffix: "client.env",
    wantsCaFile: true,
    render: clientEnvironment,
  },
  /** For Spring Boot. */
  spring: { suffix: "client.spring.yaml", render: springYaml },
  /** For Spark Structured Streaming. */
  spark: {
    suffix: "client.spark.properties",
    render: sparkOptions,
  },
  /** For `kubectl apply`: a Secret. */
  kubernetes: {
    suffix: "client.secret.yaml",
    render: secretManifest,
  },
} as const satisfies Readonly<Record<string, ClientFormat>>;

export type ClientFormatName = keyof typeof CLIENT_FORMATS;

export const CLIENT_FORMAT_NAMES = Object.keys(CLIENT_FORMATS) as ClientFormatName[];
