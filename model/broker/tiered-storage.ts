import { z } from "zod";
import { secretReference } from "./secret-files.ts";
import { addressRange } from "../values/network-address.ts";
import { port } from "../values/values.ts";
import { DEFAULT_MECHANISM } from "../values/scram-mechanism.ts";
import { type FileLogin, SCRAM_LOGIN } from "./broker-security.ts";

/**
 * Tiered storage (KIP-405): brokers keep the newest segments of a topic, and a plugin keeps the others in a
 * store. Kafka comes without such a plugin, so the broker image has to have one.
 */

const CLASS = "the name of a Java class such as org.example.RemoteStorage";
const PATH = "an absolute path in the broker's image such as /opt/tiered-storage/*";

export const tieredStorage = z
  .strictObject({
    managerClass: z
      .string({ error: CLASS })
      .regex(/^[\p{L}_$][\p{L}\d_$]*(\.[\p{L}_$][\p{L}\d_$]*)*$/u, { error: CLASS })
      .describe("Class of the plugin: a RemoteStorageManager."),
    classPath: z
      .string({ error: PATH })
      .regex(/^\/\S+$/, { error: PATH })
      .describe("Where the broker's image has its jars."),
    storeRanges: z
      .array(addressRange, { error: "a list of ranges such as 10.0.0.0/8" })
      .default([])
      .describe("Addresses of the store: brokers on Kubernetes reach nothing else on `storePort`."),
    storePort: port.default(443),
    properties: z
      .record(
        z.string().regex(/^\S+$/, { error: "a name without spaces" }),
        z.union([z.string(), z.number(), z.boolean()], {
          error: "a text, a number, true or false",
        }),
        { error: "what the plugin is told, by name" },
      )
      .default({})
      .describe(
        "What the plugin is told, without the prefix rsm.config. No secrets: brokers' properties are plain text.",
      ),
  })
  .describe(
    "Keeps older segments of the topics that want it in a store. Default: brokers keep all.",
  );

export type TieredStorage = z.output<typeof tieredStorage>;
type TieredStoragePlugin = Pick<TieredStorage, "managerClass" | "classPath" | "properties">;

/** What a cluster is to its own clients that keep the list of remote segments, in a topic of it. */
export interface MetadataClient {
  /** Name of the listener that they connect to. */
  readonly listener: string;
  readonly login: FileLogin;
  readonly replicationFactor: number;
  /** Properties that they trust brokers by. @default none: the listener has no TLS */
  readonly tls?: Readonly<Record<string, string>>;
}

const METADATA = "rlmm.config.remote.log.metadata";

export function tieredStorageProperties(
  { managerClass, classPath, properties }: TieredStoragePlugin,
  { listener, login, replicationFactor, tls = {} }: MetadataClient,
): Record<string, string> {
  const client = {
    "sasl.mechanism": DEFAULT_MECHANISM,
    "sasl.jaas.config": `${SCRAM_LOGIN} username="${login.username}" password="${secretReference(login.passwordFile)}";`,
    ...tls,
  };
  return {
    "remote.log.storage.system.enable": "true",
    "remote.log.storage.manager.class.name": managerClass,
    "remote.log.storage.manager.class.path": classPath,
    "remote.log.metadata.manager.listener.name": listener,
    ...prefixed("rsm.config", properties),
    ...prefixed(`${METADATA}.common.client`, client),
    [`${METADATA}.topic.replication.factor`]: String(replicationFactor),
  };
}

const prefixed = (
  prefix: string,
  properties: Readonly<Record<string, string | number | boolean>>,
) =>
  Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [`${prefix}.${key}`, String(value)]),
  );
