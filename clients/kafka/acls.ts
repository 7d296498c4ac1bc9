import {
  AclOperations,
  AclPermissionTypes,
  createAclsV3,
  deleteAclsV3,
  describeAclsV3,
  ResourcePatternTypes,
  ResourceTypes,
} from "@platformatic/kafka";

import { runBatch } from "./batch.ts";
import type { BrokerLink } from "./broker-link.ts";
import type { Deadline } from "./deadline.ts";
import { type BrokerAnswer, type Outcome, refusal } from "./errors.ts";

const CREATE_ACLS = ["CreateAcls", createAclsV3.api] as const;
const DESCRIBE_ACLS = ["DescribeAcls", describeAclsV3.api] as const;
const DELETE_ACLS = ["DeleteAcls", deleteAclsV3.api] as const;

type Concrete<Labels> = Exclude<keyof Labels, "UNKNOWN" | "ANY" | "MATCH">;

/** One entry of the access control list, in Kafka's own names. */
export interface AclBinding {
  readonly resourceType: Concrete<typeof ResourceTypes>;
  readonly resourceName: string;
  readonly patternType: Concrete<typeof ResourcePatternTypes>;
  /** With its type: `User:orders`, `User:*`. */
  readonly principal: string;
  /** An address, or `*`. */
  readonly host: string;
  readonly operation: Concrete<typeof AclOperations>;
  readonly permissionType: Concrete<typeof AclPermissionTypes>;
}

/** `User:orders|*|READ|ALLOW|TOPIC|payments|LITERAL`: equal exactly when the entries are. */
export function aclKey(acl: AclBinding): string {
  const { principal, host, operation, permissionType, resourceType, resourceName } = acl;
  const parts = [principal, host, operation, permissionType, resourceType, resourceName];
  return [...parts, acl.patternType].join("|");
}

/** Adds entries; one that exists is fine. */
export async function createAcls(
  link: BrokerLink,
  acls: readonly AclBinding[],
  deadline: Deadline,
): Promise<Outcome[]> {
  return runBatch(acls, deadline, {
    key: aclKey,
    name: aclName,
    send: async (part) => {
      const what = `creating ${part.length} ACLs`;
      const answer = await link.write(CREATE_ACLS, what, deadline, part.map(toCodes));
      return outcomes(part, answer.results);
    },
    unseen: async (pending) => {
      const existing = await existingKeys(link, deadline);
      return pending.filter((acl) => !existing.has(aclKey(acl)));
    },
  });
}

/** Every entry there is. Refused without Describe on the cluster, never silently empty. */
export async function describeAcls(link: BrokerLink, deadline: Deadline): Promise<AclBinding[]> {
  const filter = {
    resourceType: ResourceTypes.ANY,
    resourceName: null,
    resourcePatternType: ResourcePatternTypes.ANY,
    principal: null,
    host: null,
    operation: AclOperations.ANY,
    permissionType: AclPermissionTypes.ANY,
  };
  const answer = await link.read(DESCRIBE_ACLS, "listing ACLs", deadline, filter);
  const error = refusal("listing ACLs", answer);
  if (error) throw error;
  return answer.resources.flatMap(({ resourceType, resourceName, resourcePatternType, acls }) =>
    acls.map(({ principal, host, operation, permissionType }) => ({
      resourceType: label(ResourceTypes, resourceType),
      resourceName,
      patternType: label(ResourcePatternTypes, resourcePatternType),
      principal,
      host,
      operation: label(AclOperations, operation),
      permissionType: label(AclPermissionTypes, permissionType),
    })),
  );
}

/** Removes exactly these entries; an absent one is fine. */
export async function deleteAcls(
  link: BrokerLink,
  acls: readonly AclBinding[],
  deadline: Deadline,
): Promise<Outcome[]> {
  return runBatch(acls, deadline, {
    key: aclKey,
    name: aclName,
    send: async (part) => {
      const what = `deleting ${part.length} ACLs`;
      const answer = await link.write(DELETE_ACLS, what, deadline, part.map(toCodes));
      const results = answer.filterResults.map((result) => {
        const failed = result.matchingAcls.find(({ errorCode }) => errorCode !== 0);
        return result.errorCode === 0 && failed ? failed : result;
      });
      return outcomes(part, results);
    },
    unseen: async (pending) => {
      const existing = await existingKeys(link, deadline);
      return pending.filter((acl) => existing.has(aclKey(acl)));
    },
  });
}

async function existingKeys(link: BrokerLink, deadline: Deadline): Promise<Set<string>> {
  return new Set((await describeAcls(link, deadline)).map(aclKey));
}

function aclName(acl: AclBinding): string {
  return `ACL ${aclKey(acl)}`;
}

function outcomes(acls: readonly AclBinding[], results: readonly BrokerAnswer[]): Outcome[] {
  return acls.map((acl, i) => {
    const result = results[i];
    return result && refusal(aclName(acl), result);
  });
}

function toCodes(acl: AclBinding) {
  return {
    resourceType: ResourceTypes[acl.resourceType],
    resourceName: acl.resourceName,
    resourcePatternType: ResourcePatternTypes[acl.patternType],
    principal: acl.principal,
    host: acl.host,
    operation: AclOperations[acl.operation],
    permissionType: AclPermissionTypes[acl.permissionType],
  };
}

/** Kafka's name of a code; brokers never store the wildcards ANY and MATCH. */
function label<Labels extends Record<string, number>>(
  labels: Labels,
  code: number,
): Concrete<Labels> {
  const name = Object.keys(labels).find((one) => labels[one] === code) ?? "UNKNOWN";
  return name as Concrete<Labels>;
}
