import { z } from "zod";
import { UserError } from "../../model/values/user-error.ts";
import type { KafkaAdmin } from "../../clients/kafka/admin.ts";
import type { ConnectOptions } from "../../clients/kafka/connect-options.ts";
import type { BrokerLink } from "../../clients/kafka/broker-link.ts";
import type { BrokerLinks } from "../../clients/kafka/observation/broker-links.ts";
import { KafkaAdminError } from "../../clients/kafka/errors.ts";
import type { EngineName } from "../engines/engine-choice.ts";
import type { Stack } from "./project.ts";
import { outputsAs, stackOutputs } from "./stack-outputs.ts";
import { scramMechanism } from "../../model/values/scram-mechanism.ts";

const login = z.object({
  username: z.string(),
  password: z.string(),
  mechanism: scramMechanism,
});

/** The outputs with which the admin, and every account, of a stack's cluster logs in. */
const loginOutputs = z.object({
  bootstrapServers: z.string(),
  tlsEnabled: z.boolean(),
  caCertificate: z.string().nullish(),
  admin: login,
  /** None in outputs of a version whose commands logged in as the admin only. */
  operator: login.nullish(),
  /** None in outputs of which only the admin's part is asked for. */
  accounts: z.record(z.string(), login).default({}),
});

type LoginOutputs = z.output<typeof loginOutputs>;

/**
 * Logs in to the cluster of a stack that is up, as its admin, for as long as `work` takes.
 *
 * @throws UserError for what the cluster refuses, or when it cannot be reached
 */
export async function asAdmin<T>(
  engine: EngineName,
  stack: Stack,
  work: (admin: KafkaAdmin) => Promise<T>,
): Promise<T> {
  const outputs = await loginsOf(engine, stack);
  return as(outputs, outputs.admin, work);
}

/**
 * Logs in as the first of the declared accounts, if there is one.
 *
 * @throws UserError when it cannot
 */
export async function asFirstAccount(engine: EngineName, stack: Stack): Promise<void> {
  const outputs = await loginsOf(engine, stack);
  const account = Object.values(outputs.accounts)[0];
  if (account) await as(outputs, account, () => Promise.resolve());
}

/** What a command that looks at a cluster, or mends it, is connected by. */
export interface ClusterConnection {
  readonly admin: KafkaAdmin;
  /** A connection to each broker: what only it knows is asked of it. */
  readonly links: BrokerLinks;
  readonly outputs: LoginOutputs;
}

/**
 * Logs in to the cluster of a stack that is up, to every broker of it, for as long as `work` takes.
 *
 * @throws UserError for what the cluster refuses, or when it cannot be reached
 */
export async function inCluster<T>(
  engine: EngineName,
  stack: Stack,
  work: (cluster: ClusterConnection) => Promise<T>,
): Promise<T> {
  const outputs = await loginsOf(engine, stack);
  const { BrokerLinks } = await import("../../clients/kafka/observation/broker-links.ts");
  const links = new BrokerLinks(connectOptions(outputs, outputs.admin));
  try {
    return await as(outputs, outputs.admin, (admin) => work({ admin, links, outputs }));
  } finally {
    await links.close();
  }
}

/** How a command that only looks reaches a cluster: nothing is asked before it asks. */
export interface LookConnection {
  readonly links: BrokerLinks;
  /** For what the controllers answer: without a majority it blocks whatever comes after it. */
  readonly controllers: BrokerLink;
  readonly bootstrapServers: readonly string[];
}

/** The links of one that looks. @throws UserError for what the cluster refuses */
export async function asOperator<T>(
  engine: EngineName,
  stack: Stack,
  deadlineMs: number,
  work: (cluster: LookConnection) => Promise<T>,
): Promise<T> {
  const outputs = await loginsOf(engine, stack);
  if (!outputs.operator) {
    console.error(
      `note: stack ${stack.name} has no account for commands that only look yet, so this one logs in as its ` +
        "admin; the next `up` brings it.",
    );
  }
  const options = connectOptions(outputs, outputs.operator ?? outputs.admin);
  const { BrokerLinks } = await import("../../clients/kafka/observation/broker-links.ts");
  const { BrokerLink } = await import("../../clients/kafka/broker-link.ts");
  const links = new BrokerLinks({ ...options, deadlineMs });
  const controllers = new BrokerLink({ ...options, deadlineMs });
  try {
    return await work({ links, controllers, bootstrapServers: options.bootstrapServers });
  } catch (error) {
    throw error instanceof KafkaAdminError ? new UserError(error.message) : error;
  } finally {
    await Promise.all([links.close(), controllers.close()]);
  }
}

async function loginsOf(engine: EngineName, stack: Stack): Promise<LoginOutputs> {
  return outputsAs(loginOutputs, await stackOutputs(engine, stack, { showSecrets: true }), stack);
}

const connectOptions = (
  { bootstrapServers, tlsEnabled, caCertificate }: LoginOutputs,
  sasl: LoginOutputs["admin"],
): ConnectOptions => ({
  bootstrapServers: bootstrapServers.split(","),
  ...(tlsEnabled && { tls: caCertificate ? { ca: caCertificate } : {} }),
  sasl,
});

async function as<T>(
  outputs: LoginOutputs,
  sasl: LoginOutputs["admin"],
  work: (admin: KafkaAdmin) => Promise<T>,
): Promise<T> {
  // Loading the client library takes half a second.
  const { KafkaAdmin } = await import("../../clients/kafka/admin.ts");
  try {
    const admin = await KafkaAdmin.connect(connectOptions(outputs, sasl));
    try {
      return await work(admin);
    } finally {
      await admin.close();
    }
  } catch (error) {
    throw error instanceof KafkaAdminError ? new UserError(error.message) : error;
  }
}
