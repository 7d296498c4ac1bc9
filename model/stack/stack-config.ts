import { z } from "zod";
import { stackApprovalSchema } from "../agreements/approval.ts";
import { kubernetesCluster } from "../kubernetes/kubernetes-settings.ts";
import { quotaSchema } from "../access/quotas.ts";
import { liveCredentialsSchema } from "../credentials/rotation.ts";
import {
  accountName,
  brokerMemory,
  dnsLabel,
  imageReference,
  kafkaUuid,
  port,
} from "../values/values.ts";
import { PLATFORM_ACCOUNTS } from "../credentials/platform-accounts.ts";
import { observabilitySettings } from "../observability/observability-settings.ts";
import { observabilityFaults } from "../observability/observability-faults.ts";
import { portFaults } from "./port-faults.ts";
import { stackWaiverSchema } from "../agreements/waiver.ts";
import { environment } from "../values/environment.ts";
import { extraProperties } from "../broker/extra-properties.ts";
import { tieredStorage } from "../broker/tiered-storage.ts";
import { KAFKA_BASE_IMAGE, KAFKA_UI_IMAGE } from "../broker/versions.ts";
import { formerSpellings, renamed } from "../agreements/former-spellings.ts";
import { describeFaults } from "../values/faults.ts";

/**
 * The configuration of a stack: every key of `Pulumi.<stack>.yaml` under `kafka-platform:`, except
 * the secrets, which have keys of their own ({@link SECRET_KEYS}). Unknown keys are errors.
 */

const DOCKER_ADDRESS = "a Docker address such as unix:///var/run/docker.sock";

const docker = z
  .strictObject({
    kind: z.literal("docker"),
    name: dnsLabel
      .default("kafka-platform")
      .describe("Prefix of the container, network and volume names on the Docker host."),
    host: z
      .string({ error: DOCKER_ADDRESS })
      .regex(/^(unix|tcp|ssh|npipe):\/\//, { error: DOCKER_ADDRESS })
      .optional()
      .describe("Address of the Docker daemon. Default: DOCKER_HOST, else the local socket."),
    clientPort: port.default(9092).describe("Loopback port for Kafka clients on this machine."),
    metricsPort: port.default(9404).describe("Loopback port of the Prometheus metrics."),
    memory: brokerMemory
      .prefault("1 GiB")
      .describe("Memory limit of the broker's container; half of it is heap."),
    baseImage: imageReference
      .default(KAFKA_BASE_IMAGE)
      .describe("Image with Java, bash and /opt/kafka that the broker image is built on."),
    agentImage: imageReference
      .optional()
      .describe("Image that holds the JMX exporter agent, or Maven to fetch it."),
    clusterId: kafkaUuid
      .optional()
      .describe("Kafka's cluster id. Default: made when the volume is first formatted."),
    properties: extraProperties
      .default({})
      .describe("Properties of the broker by Kafka's names. Default: the platform's own only."),
    tieredStorage: tieredStorage.optional(),
  })
  .describe("One broker in Docker on this machine.");

/** The pairs of users have keys of their own; nobody is given what the others log in with. */
const NOT_ROTATED_HERE = Object.values(PLATFORM_ACCOUNTS).filter(
  (name) => name !== PLATFORM_ACCOUNTS.admin,
) as readonly string[];

const CLIENT_ID = "a client id of at most 255 characters";
/** Kafka's provider calls the default entity so: a client id of that name would be everybody's. */
const clientId = z
  .string({ error: CLIENT_ID })
  .min(1, { error: CLIENT_ID })
  .max(255, { error: CLIENT_ID })
  .refine((id) => id !== "entity-default", {
    error: "another client id: Kafka's provider uses it",
  });

const approvals = z.array(stackApprovalSchema, { error: "a list of approvals" });

const keys = {
  environment: environment.describe("Picks the per-environment values of the catalogue."),
  protection: z
    .boolean({ error: "true or false" })
    .describe("Whether topics, volumes and the namespace refuse to be deleted or replaced."),
  cluster: z.discriminatedUnion("kind", [docker, kubernetesCluster], {
    error: 'an object with kind "docker" or "kubernetes"',
  }),
  ui: z
    .strictObject({
      enabled: z.boolean({ error: "true or false" }).default(true),
      port: port.default(8080).describe("Port of the Kafka UI: on loopback, or of its Service."),
      image: imageReference.default(KAFKA_UI_IMAGE),
    })
    .prefault({})
    .describe("Kafka UI."),
  observability: observabilitySettings,
  load: z
    .number({ error: "a share above 0, up to 1, such as 0.01" })
    .positive({ error: "a share above 0, up to 1, such as 0.01" })
    .max(1, { error: "a share above 0, up to 1, such as 0.01" })
    .optional()
    .describe(
      "Share of the declared volumes that the stack handles, for capacity. Default: 0.001 in dev, else 1.",
    ),
  defaultQuota: quotaSchema
    .optional()
    .describe("Limits of every Kafka user without a quota of its own. Default: none."),
  clientQuotas: z
    .record(clientId, quotaSchema, { error: "limits by client id" })
    .default({})
    .describe(
      "Limits of whoever uses a client id, by the client id; * is every client id without limits of its own. They count where the user has none of that kind.",
    ),
  credentials: z
    .record(
      accountName.refine((name) => !NOT_ROTATED_HERE.includes(name), {
        error:
          "an account of a domain, admin, kafka-ui, kafka-exporter or kafka-operator: here the platform's others have no effect",
      }),
      liveCredentialsSchema,
    )
    .default({})
    .describe(
      "What accounts may log in with once they have been rotated, by account, the credential that is handed out first; `npm run rotate` writes it. The entry of an account that is gone stays: one of the same name must not get an old password again.",
    ),
  approvals: approvals
    .default([])
    .describe(
      "Changes of volumes, brokers and the namespace that somebody agreed to. Those of a topic or an account are in its declaration.",
    ),
  policy: z
    .strictObject({
      waivers: z
        .array(stackWaiverSchema, { error: "a list of waivers" })
        .default([])
        .describe(
          "Rules that the stack breaks on purpose. Those of a topic or an account are in its declaration.",
        ),
      approve: approvals.optional().meta({
        description: "What `approvals` was called before; it goes with the next release.",
        deprecated: true,
      }),
    })
    .prefault({})
    .describe("The policies of docs/policies.md."),
};

export const stackConfigSchema = z.strictObject(keys).superRefine(
  (given, context) => {
    for (const { path, message } of [...portFaults(given), ...observabilityFaults(given)]) {
      context.addIssue({ code: "custom", path: [...path], message });
    }
  },
  // Also where something else is wrong, so that all faults are told at once.
  { when: ({ value }) => typeof value === "object" && value !== null },
);

type Written = z.output<typeof stackConfigSchema>;

/** The configuration of a stack, in today's spelling. */
export interface StackConfig extends Omit<Written, "policy"> {
  readonly policy: Omit<Written["policy"], "approve">;
}
export type ClusterConfig = StackConfig["cluster"];
export type DockerClusterConfig = Extract<ClusterConfig, { kind: "docker" }>;

/** Configuration keys whose values are secret, each with its meaning. */
export const SECRET_KEYS = {
  stackSecret:
    "Every password of the stack is derived from it: 32 or more letters and digits, from a random source.",
  caKey:
    "Private key of the certificate authority that signs the brokers' certificates, in PEM; only for kubernetes.",
  receiverSecrets:
    "What receivers of alerts are logged in to with: a JSON object of texts, by the names that `observability.receivers` gives.",
  nextCaKey:
    "The same of the one that is to follow it, kept while it is being replaced by `npm run rotate -- authority`.",
} as const;

/** What {@link SECRET_KEYS}.stackSecret must look like. */
export const stackSecretSchema = z
  .string({ error: "32 or more letters and digits" })
  .regex(/^[A-Za-z0-9]{32,}$/, { error: "32 or more letters and digits" });

/** What was read of a stack's configuration: its values, or what is wrong with them. */
export interface ReadStackConfig {
  /** Undefined where there are faults. */
  readonly config: StackConfig | undefined;
  readonly faults: readonly string[];
  /** What is written in the spelling of the release before. */
  readonly warnings: readonly string[];
}

/**
 * Reads the configuration of a stack, secrets left out.
 *
 * @param prefix what comes before each key in a message, such as `kafka-platform:`
 */
export function readStackConfig(
  input: Readonly<Record<string, unknown>>,
  prefix: string,
): ReadStackConfig {
  const parsed = stackConfigSchema.safeParse(input);
  const warnings = formerSpellings(input, "").map((warning) => prefix + warning);
  if (!parsed.success) {
    return { config: undefined, faults: describeFaults(parsed.error, input, prefix), warnings };
  }
  const { approve, ...policy } = parsed.data.policy;
  const config = { ...parsed.data, policy };
  if (approve === undefined) return { config, faults: [], warnings };
  if (input["approvals"] !== undefined) {
    const fault = `${prefix}policy.approve: given beside ${prefix}approvals; wanted all of it there`;
    return { config: undefined, faults: [fault], warnings };
  }
  return {
    config: { ...config, approvals: approve },
    faults: [],
    warnings: [...warnings, renamed(`${prefix}policy.approve`, `${prefix}approvals`)],
  };
}
