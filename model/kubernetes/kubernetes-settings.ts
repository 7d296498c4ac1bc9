import { z } from "zod";
import { extraProperties } from "../broker/extra-properties.ts";
import { placementFields } from "./kubernetes-placement.ts";
import { tieredStorage } from "../broker/tiered-storage.ts";
import { externalAccess } from "./kubernetes-access.ts";
import { jvmOptions } from "../broker/jvm-options.ts";
import { kubernetesFaults } from "./kubernetes-faults.ts";
import { addressRange } from "../values/network-address.ts";
import { cpuQuantity } from "../values/quantity.ts";
import { liveUsersSchema } from "../credentials/rotation.ts";
import {
  brokerMemory,
  digestReference,
  dnsLabel,
  kafkaUuid,
  releaseNumber,
  size,
} from "../values/values.ts";
import { KAFKA_METADATA_VERSION, KAFKA_VERSION } from "../broker/versions.ts";
import { MIB } from "../values/units.ts";

const FEWEST_BROKERS = 3;
const BROKERS = "a whole number from 3: with fewer, no broker could be away without an outage";

const BROKER_NUMBERS = "numbers of brokers, from 3";

const objectName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, { error: "the name of a Kubernetes object" });

const users = liveUsersSchema.default([{ user: "a", generation: 1 }]);

const storage = z
  .strictObject({
    class: objectName.describe("Storage class; it cannot be changed later."),
    size: size
      .refine((bytes) => bytes % MIB === 0, { error: "a whole number of MiB" })
      .describe("Size of each broker's volume; it may grow, where the class allows it."),
  })
  .describe("Volumes of the brokers.");

/** A cluster of brokers on Kubernetes, each broker and controller at once. */
export const kubernetesCluster = z
  .strictObject({
    kind: z.literal("kubernetes"),
    context: z
      .string({ error: "the name of a context of the kubeconfig" })
      .min(1, { error: "the name of a context of the kubeconfig" })
      .describe("Context of the kubeconfig; never the one that happens to be current."),
    kubeconfig: z
      .string()
      .optional()
      .describe("Path of the kubeconfig. Default: KUBECONFIG, else ~/.kube/config."),
    namespace: dnsLabel.default("kafka").describe("Namespace of all objects."),
    createNamespace: z
      .boolean({ error: "true or false" })
      .default(true)
      .describe("Whether the namespace is made; false where somebody else keeps it."),
    name: dnsLabel.default("kafka").describe("Prefix of the names of all objects."),
    brokers: z
      .int({ error: BROKERS })
      .min(FEWEST_BROKERS, { error: BROKERS })
      .max(99, { error: "at most 99" })
      .default(FEWEST_BROKERS),
    retiredBrokers: z
      .array(z.int({ error: BROKER_NUMBERS }).min(FEWEST_BROKERS, { error: BROKER_NUMBERS }), {
        error: `a list of ${BROKER_NUMBERS}`,
      })
      .default([])
      .describe("Numbers of brokers that have left: Kafka forgets them, their volumes are kept."),
    clusterId: kafkaUuid.optional().describe("Kafka's cluster id; `npm run init` makes it."),
    directoryIds: z
      .array(kafkaUuid)
      .optional()
      .describe("Ids of the disks that form the controller quorum; `npm run init` makes them."),
    caCertificate: z
      .string()
      .optional()
      .describe(
        "Certificates that everybody trusts, in PEM; the first one signs. `npm run init` makes it.",
      ),
    image: digestReference
      .optional()
      .describe("The broker's image by digest; `npm run image -- --push` writes it."),
    imagePullSecret: objectName
      .optional()
      .describe("Secret with the login of the image's registry. Default: none is needed."),
    kafkaVersion: releaseNumber(3).default(KAFKA_VERSION).describe("Kafka's version in the image."),
    metadataVersion: releaseNumber(2)
      .default(KAFKA_METADATA_VERSION)
      .describe(
        "Version of the metadata: raised after all brokers run the new Kafka, never lowered.",
      ),
    cpu: cpuQuantity
      .prefault("500m")
      .describe("CPU that each broker requests. There is no limit: throttling stalls a broker."),
    memory: brokerMemory
      .prefault("4 GiB")
      .describe("Memory of each broker, request and limit; half of it is heap, at most 5 GiB."),
    jvmOptions: jvmOptions
      .optional()
      .describe("Further options of the brokers' Java. Default: the platform's own only."),
    storage,
    spread: z
      .enum(["required", "preferred"], { error: "required or preferred" })
      .default("required")
      .describe("Whether two brokers never share a host, or only where there is no other."),
    minReadySeconds: z
      .int({ error: "a whole number of seconds from 0" })
      .min(0, { error: "a whole number of seconds from 0" })
      .default(30)
      .describe(
        "Seconds for which the cluster is well before a broker counts as ready, and the next one restarts: at least these, and up to 20 more. Wanted: as long as DNS may answer with the former address of a pod.",
      ),
    ...placementFields,
    racks: z
      .array(objectName)
      .optional()
      .describe("Rack of each broker, in the order of the brokers. Default: Kafka knows no racks."),
    access: externalAccess,
    priorityClass: objectName.optional().describe("Priority class of the brokers."),
    monitoringNamespace: dnsLabel
      .default("monitoring")
      .describe("Namespace of Prometheus: its pods may read the metrics."),
    clientNamespaces: z
      .array(dnsLabel)
      .default([])
      .describe("Namespaces whose pods may connect, besides the cluster's own."),
    accountNamespaces: z
      .record(z.string().min(1), dnsLabel, { error: "namespaces, by account or owner" })
      .default({})
      .describe(
        "Namespace of an account's Secret, by the name of the account or of its owner: its pods may connect. Default: the cluster's own.",
      ),
    uiNamespaces: z
      .array(dnsLabel)
      .default([])
      .describe(
        "Namespaces whose pods may reach the UI, such as an ingress controller's. A port-forward always may.",
      ),
    apiServerRanges: z
      .array(addressRange)
      .default([])
      .describe(
        "Addresses that the API server reaches pods from: the health check before a restart reads the metrics that way.",
      ),
    brokerUsers: users.describe(
      "Which of two users brokers log in to each other as, the one in use first; `npm run rotate -- broker` writes it.",
    ),
    controllerUsers: users.describe(
      "Which of two users nodes log in to the controllers as, the one in use first; `npm run rotate -- controller` writes it.",
    ),
    properties: extraProperties
      .default({})
      .describe("Further broker properties, by Kafka's names."),
    tieredStorage: tieredStorage.optional(),
  })
  .superRefine(
    (cluster, context) => {
      for (const { path, message } of kubernetesFaults(cluster)) {
        context.addIssue({ code: "custom", path: [...path], message });
      }
    },
    // Also where something else is wrong, so that all faults are told at once.
    { when: () => true },
  )
  .describe("A cluster of several brokers on Kubernetes.");

export type KubernetesClusterSettings = z.output<typeof kubernetesCluster>;
