import { createAPI, Writer } from "@platformatic/kafka";
import { operations } from "../cluster.ts";
import type { BrokerLink } from "../broker-link.ts";
import type { Deadline } from "../deadline.ts";
import { refusal } from "../errors.ts";
import type { BrokerAddress } from "./broker-links.ts";

const ENDPOINT_BROKERS = 1;

interface Described {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly brokers: readonly RegisteredBroker[];
  readonly authorizedOperations: number;
}

/** A broker of the cluster, whether it is there or not. */
export interface RegisteredBroker extends BrokerAddress {
  /** The controller has not heard of it for too long: it leads nothing. */
  readonly fenced: boolean;
}

/**
 * DescribeCluster, version 2 (KIP-1073): with the brokers that are away, which the client library's
 * version leaves out. One that is away is told so from one that was removed from the cluster.
 */
const DESCRIBE_CLUSTER = [
  "DescribeCluster",
  createAPI<[], Described>(
    60,
    2,
    () =>
      Writer.create()
        .appendBoolean(true)
        .appendInt8(ENDPOINT_BROKERS)
        .appendBoolean(true)
        .appendTaggedFields(),
    (_correlation, _key, _version, reader) => {
      reader.readInt32();
      const [errorCode, errorMessage] = [reader.readInt16(), reader.readNullableString()];
      reader.readInt8();
      reader.readString();
      reader.readInt32();
      const brokers = reader.readArray((r) => {
        const [id, host, port] = [r.readInt32(), r.readString(), r.readInt32()];
        r.readNullableString();
        return { id, host, port, fenced: r.readBoolean() };
      });
      const authorizedOperations = reader.readInt32();
      reader.readTaggedFields();
      return { errorCode, errorMessage, brokers, authorizedOperations };
    },
  ),
] as const;

export interface Registrations {
  readonly brokers: readonly RegisteredBroker[];
  /** Whether this user may describe the cluster: without it Kafka leaves groups out, without a word. */
  readonly mayDescribe: boolean;
}

/** Every broker that is registered, those that are away too. */
export async function registeredBrokers(
  link: BrokerLink,
  deadline: Deadline,
): Promise<Registrations> {
  const answer = await link.read(DESCRIBE_CLUSTER, "brokers of the cluster", deadline);
  const error = refusal("brokers of the cluster", answer);
  if (error) throw error;
  const mayDescribe = operations(answer.authorizedOperations).includes("DESCRIBE");
  return { brokers: answer.brokers, mayDescribe };
}
