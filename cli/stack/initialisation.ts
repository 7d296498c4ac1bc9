import { randomBytes } from "node:crypto";
import { z } from "zod";
import { createSalt, openSalt, type Passphrase } from "../../engine/index.ts";
import { CLUSTER_KIND_NAMES, type ClusterKind, kindOf } from "../../model/stack/cluster-kinds.ts";
import { UserError } from "../../model/values/user-error.ts";
import { mergedStackFile } from "./effective-config.ts";
import { PROJECT, type Stack } from "./project.ts";
import { editStackFile, type StackFileEdit } from "./stack-file.ts";

const STACK_SECRET = `${PROJECT}:stackSecret`;
const CA_KEY = `${PROJECT}:caKey`;
const CLUSTER = `${PROJECT}:cluster`;

/** Controllers that form the quorum at first: Kafka advises three, and an even number gains nothing. */
const INITIAL_CONTROLLERS = 3;

/** Only what decides what is to be made: the rest of the cluster's settings may still be missing. */
const clusterSoFar = z.looseObject({
  kind: z.enum(CLUSTER_KIND_NAMES),
  clusterId: z.string().optional(),
  directoryIds: z.array(z.string()).optional(),
  caCertificate: z.string().optional(),
});

/** What kind of cluster the stack is for, whatever else its file still lacks. */
export const clusterKind = (stack: Stack): ClusterKind => kindOf(settingsSoFar(stack).cluster);

/** Whether every password of the stack can be derived here. */
export const hasStackSecret = (stack: Stack): boolean =>
  STACK_SECRET in mergedStackFile(stack).config;

/** Makes the stack's secret where it has none. @returns whether it was made now */
export async function ensureStackSecret(
  stack: Stack,
  passphrase: Passphrase,
  file: string,
): Promise<boolean> {
  if (hasStackSecret(stack)) return false;
  const secret = randomBytes(32).toString("hex");
  editStackFile(file, await encryptedSecrets(stack, passphrase, { [STACK_SECRET]: secret }));
  return true;
}

/**
 * Makes what a cluster on Kubernetes is known by and signed with, where it is missing: ids that must
 * never change, and the certificate authority.
 *
 * @returns what was made now, in words
 * @throws UserError when half of the authority is missing: a new one would lock every client out
 */
export async function ensureClusterIdentity(
  stack: Stack,
  passphrase: Passphrase,
): Promise<string[]> {
  const { config, cluster } = settingsSoFar(stack);
  if ((cluster.caCertificate === undefined) !== !(CA_KEY in config)) {
    throw new UserError(
      `${stack.file} has only half of the certificate authority: ${CLUSTER}.caCertificate and ${CA_KEY} ` +
        `belong together. Restore the missing one, or remove both to have a new authority made.`,
    );
  }
  const ids = {
    ...(cluster.clusterId === undefined ? { clusterId: kafkaId() } : {}),
    ...(cluster.directoryIds === undefined
      ? { directoryIds: Array.from({ length: INITIAL_CONTROLLERS }, kafkaId) }
      : {}),
  };
  const authority = cluster.caCertificate === undefined ? await newAuthority(stack) : undefined;
  const fields = { ...ids, ...authority?.fields };
  const secrets = { ...authority?.secrets };
  const made = [...Object.keys(fields), ...Object.keys(secrets).map(withoutProject)];
  if (made.length > 0) {
    const encrypted = authority ? await encryptedSecrets(stack, passphrase, secrets) : {};
    // One write: an authority without its key would be worse than none.
    editStackFile(stack.file, { ...encrypted, fields: { [CLUSTER]: fields } });
  }
  return made;
}

async function newAuthority(stack: Stack) {
  const { createCertificateAuthority } = await import("../credentials/certificate-authority.ts");
  const name = `${PROJECT} ${stack.name}`;
  const { certificate, key } = await createCertificateAuthority(name, new Date());
  return { fields: { caCertificate: certificate }, secrets: { [CA_KEY]: key } };
}

const withoutProject = (key: string): string => key.slice(PROJECT.length + 1);

function settingsSoFar(stack: Stack) {
  const { config } = mergedStackFile(stack);
  const parsed = clusterSoFar.safeParse(config[CLUSTER]);
  if (!parsed.success) {
    throw new UserError(
      `${stack.file} does not say what kind of cluster it is for: ` +
        `wanted ${CLUSTER} with kind ${CLUSTER_KIND_NAMES.map((name) => `"${name}"`).join(" or ")}.`,
    );
  }
  return { config, cluster: parsed.data };
}

/** Secrets for a stack file, encrypted in Pulumi's own format, under the salt that the stack has or gets with its first secret. */
export async function encryptedSecrets(
  stack: Stack,
  passphrase: Passphrase,
  secrets: Readonly<Record<string, string>>,
): Promise<StackFileEdit> {
  const { encryptionsalt, secretsprovider } = mergedStackFile(stack);
  if (secretsprovider !== undefined && secretsprovider !== "passphrase") {
    throw new UserError(
      `${stack.file} encrypts its secrets by ${secretsprovider}, which only the Pulumi CLI can do: ` +
        `set ${Object.keys(secrets).join(", ")} with \`pulumi config set --secret\`.`,
    );
  }
  const { salt, cipher } =
    encryptionsalt === undefined
      ? await createSalt(passphrase)
      : { salt: encryptionsalt, cipher: await openSalt(encryptionsalt, passphrase) };
  const config = Object.fromEntries(
    Object.entries(secrets).map(([key, secret]) => [key, { secure: cipher.encrypt(secret) }]),
  );
  return { encryptionsalt: salt, config };
}

/** A 22-character id as Kafka makes them; none starts with a dash, which tools take for an option. */
function kafkaId(): string {
  for (;;) {
    const id = randomBytes(16).toString("base64url");
    if (!id.startsWith("-")) return id;
  }
}
