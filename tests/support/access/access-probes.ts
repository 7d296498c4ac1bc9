import {
  AclOperations,
  AclPermissionTypes,
  type API,
  describeAclsV3,
  deleteGroupsV2,
  describeConfigsV4,
  describeGroupsV5,
  describeTransactionsV0,
  ConfigResourceTypes,
  heartbeatV4,
  IncrementalAlterConfigOperationTypes,
  incrementalAlterConfigsV1,
  initProducerIdV4,
  protocolErrorsCodesById,
  ResourcePatternTypes,
  ResourceTypes,
  updateFeaturesV1,
} from "@platformatic/kafka";
import type { Right } from "../../../model/access/acl.ts";
import type { BrokerLink } from "../../../clients/kafka/broker-link.ts";

/** A request of Kafka's clients that needs one right, asked about many resources. */
export interface Probe extends Pick<Right, "resourceType"> {
  readonly operation: Exclude<Right["operation"], "All">;
  /** Kafka's error for each resource, by its name in the protocol; `NONE` where there is none. */
  readonly ask: (link: BrokerLink, names: readonly string[]) => Promise<string[]>;
  /** Errors that only who has the right gets to see: the resource is not there, or in no such state. */
  readonly allowed: readonly string[];
}

/** Sends one request once. */
export const send = async <Args extends unknown[], Response>(
  link: BrokerLink,
  api: API<Args, Response>,
  ...args: Args
): Promise<Response> => link.write(["probe", api], "a probe", link.deadline(), ...args);

interface Answer {
  readonly errorCode: number;
}

export const errorName = ({ errorCode }: Answer): string =>
  errorCode === 0 ? "NONE" : (protocolErrorsCodesById[errorCode] ?? `error ${errorCode}`);

/** The answers in the order of `names`; one that is missing fails. */
export function inOrderOf(
  names: readonly string[],
  answers: Iterable<readonly [string | null | undefined, Answer | undefined]>,
): string[] {
  const byName = new Map(answers);
  return names.map((name) => {
    const answer = byName.get(name);
    if (!answer) throw new Error(`the broker said nothing about ${name}`);
    return errorName(answer);
  });
}

/** The only broker of a test, as a resource that has a configuration. */
const BROKER = { resourceType: ConfigResourceTypes.BROKER, resourceName: "1" };
const ANY_ACL = {
  ...{ resourceType: ResourceTypes.ANY, resourcePatternType: ResourcePatternTypes.ANY },
  ...{ operation: AclOperations.ANY, permissionType: AclPermissionTypes.ANY },
  ...{ resourceName: null, principal: null, host: null },
} as const;

/** One question for each name, where a request takes only one. */
const each =
  (ask: (link: BrokerLink, name: string) => Promise<Answer>): Probe["ask"] =>
  (link, names) =>
    Promise.all(names.map(async (name) => errorName(await ask(link, name))));

export const GROUP_PROBES: readonly Probe[] = [
  {
    ...{ resourceType: "Group", operation: "Read", allowed: ["UNKNOWN_MEMBER_ID"] },
    ask: each((link, group) => send(link, heartbeatV4.api, group, 1, "nobody")),
  },
  {
    ...{ resourceType: "Group", operation: "Describe", allowed: ["NONE"] },
    ask: async (link, names) => {
      const { groups } = await send(link, describeGroupsV5.api, [...names], false);
      return inOrderOf(
        names,
        groups.map((group) => [group.groupId, group]),
      );
    },
  },
  {
    ...{ resourceType: "Group", operation: "Delete", allowed: ["GROUP_ID_NOT_FOUND"] },
    ask: async (link, names) => {
      const { results } = await send(link, deleteGroupsV2.api, [...names]);
      return inOrderOf(
        names,
        results.map((result) => [result.groupId, result]),
      );
    },
  },
  {
    ...{ resourceType: "Group", operation: "DescribeConfigs", allowed: ["NONE"] },
    ask: async (link, names) => {
      const resourceType = ConfigResourceTypes.GROUP;
      const asked = names.map((resourceName) => ({ resourceType, resourceName }));
      const request = asked.map((one) => ({ ...one, configurationKeys: null }));
      const { results } = await send(link, describeConfigsV4.api, request, false, false);
      return inOrderOf(
        names,
        results.map((result) => [result.resourceName, result]),
      );
    },
  },
  {
    ...{ resourceType: "Group", operation: "AlterConfigs", allowed: ["NONE"] },
    ask: async (link, names) => {
      const { SET: configOperation } = IncrementalAlterConfigOperationTypes;
      const configs = [{ name: "consumer.session.timeout.ms", configOperation, value: "45000" }];
      const asked = names.map((resourceName) => ({
        ...{ resourceType: ConfigResourceTypes.GROUP, resourceName, configs },
      }));
      const { responses } = await send(link, incrementalAlterConfigsV1.api, asked, true);
      return inOrderOf(
        names,
        responses.map((response) => [response.resourceName, response]),
      );
    },
  },
];

const TRANSACTION_TIMEOUT_MS = 10_000;

export const TRANSACTION_PROBES: readonly Probe[] = [
  {
    ...{ resourceType: "TransactionalID", operation: "Write", allowed: ["NONE"] },
    ask: each((link, id) => send(link, initProducerIdV4.api, id, TRANSACTION_TIMEOUT_MS, -1n, -1)),
  },
  {
    ...{ resourceType: "TransactionalID", operation: "Describe" },
    allowed: ["NONE", "TRANSACTIONAL_ID_NOT_FOUND"],
    ask: async (link, names) => {
      const { transactionStates } = await send(link, describeTransactionsV0.api, [...names]);
      return inOrderOf(
        names,
        transactionStates.map((state) => [state.transactionalId, state]),
      );
    },
  },
];

export const CLUSTER_PROBES: readonly Probe[] = [
  {
    ...{ resourceType: "Cluster", operation: "Describe", allowed: ["NONE"] },
    ask: each((link) => send(link, describeAclsV3.api, ANY_ACL)),
  },
  {
    ...{ resourceType: "Cluster", operation: "DescribeConfigs", allowed: ["NONE"] },
    ask: each(async (link) => {
      const { results } = await send(link, describeConfigsV4.api, [BROKER], false, false);
      return only(results);
    }),
  },
  {
    ...{ resourceType: "Cluster", operation: "AlterConfigs", allowed: ["NONE"] },
    ask: each(async (link) => {
      const { SET: configOperation } = IncrementalAlterConfigOperationTypes;
      const configs = [{ name: "message.max.bytes", configOperation, value: "1048588" }];
      const request = [{ ...BROKER, configs }];
      const { responses } = await send(link, incrementalAlterConfigsV1.api, request, true);
      return only(responses);
    }),
  },
  {
    ...{ resourceType: "Cluster", operation: "Alter", allowed: ["NONE"] },
    ask: each((link) => send(link, updateFeaturesV1.api, 10_000, [], true)),
  },
];

function only(answers: readonly Answer[]): Answer {
  const [answer] = answers;
  if (!answer || answers.length > 1) throw new Error("wanted exactly one answer");
  return answer;
}

/** Asks for a producer id, as an idempotent producer does before it writes. */
export const askForProducerId = async (link: BrokerLink): Promise<string> =>
  errorName(await send(link, initProducerIdV4.api, null, TRANSACTION_TIMEOUT_MS, -1n, -1));
