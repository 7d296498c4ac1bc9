import * as kafka from "@pulumi/kafka";
import * as pulumi from "@pulumi/pulumi";
import {
  credentialPurpose,
  derivePassword,
  retiredPurpose,
  SCRAM_ITERATIONS,
} from "../../model/credentials/credentials.ts";
import type { ScramMechanism } from "../../model/values/scram-mechanism.ts";
import type { Login } from "./endpoint.ts";
import type { Consent } from "../../model/agreements/approval.ts";
import type { QuotaLimits } from "../../model/access/quotas.ts";
import {
  type LiveCredentials,
  liveCredentials,
  retiredSlot,
} from "../../model/credentials/rotation.ts";
import type { RecordedWaiver } from "../../model/agreements/waiver.ts";
import { aclIdentity } from "../../model/access/acl.ts";
import type { Grants } from "../../model/access/grants.ts";
import { compileGrants, consumerGroups } from "../../model/access/compile-grants.ts";
import { userQuota } from "./user-quota.ts";

export interface ServiceAccountArgs extends Consent {
  /** Kafka user name; the principal is `User:<username>`. */
  readonly username: string;
  /** What it may do. */
  readonly grants: Grants;
  /** What it may do as a member of groups of accounts, by the name of the group. */
  readonly groups?: Readonly<Record<string, Grants>> | undefined;
  /** Addresses it may come from, as Java prints them. @default every address */
  readonly hosts?: readonly string[] | undefined;
  /** Limits of its own. @default those of every user without any */
  readonly quota?: QuotaLimits | undefined;
  /** Age in milliseconds at which its credential is due for rotation; recorded, never acted on. */
  readonly rotateAfter?: number | undefined;
  /**
   * What it may log in with: the first is handed out, a second one is live while a rotation is under
   * way.
   *
   * @default one SCRAM-SHA-512 credential of generation 1
   */
  readonly credentials?: LiveCredentials;
  /** Rules of the policies that it breaks on purpose; recorded for them. @default none */
  readonly waivers?: readonly RecordedWaiver[] | undefined;
  /** Whether its logins refuse to be deleted. @default false */
  readonly protectLogins?: boolean | undefined;
  /** What every password of the stack is derived from: 32 or more letters and digits. */
  readonly stackSecret: pulumi.Input<string>;
}

/**
 * A Kafka user, its SCRAM credentials, the ACLs that its grants compile to, and its quota.
 *
 * Children are named by their identity in Kafka under this one parent type: the provider revokes
 * live access when a logical name changes, so moving a declaration must not change one. Needs the
 * provider `kafka`.
 *
 * @example
 * const { login } = new ServiceAccount("billing", {
 *   username: "billing",
 *   grants: { consumes: [{ topics: ["orders"], group: "billing" }] },
 *   stackSecret,
 * });
 */
export class ServiceAccount extends pulumi.ComponentResource {
  readonly login: Login;
  /** What it may log in with, without passwords, and the age in milliseconds at which that is due. */
  readonly credentials: {
    readonly live: LiveCredentials;
    readonly rotateAfter: number | undefined;
  };
  /** Consumer groups it may join; `*` at the end of one: every name that starts so. */
  readonly consumerGroups: readonly string[];
  /** Everything of it that is in Kafka: logins, ACLs, the quota. */
  readonly inKafka: readonly pulumi.Resource[];

  constructor(name: string, args: ServiceAccountArgs, opts?: pulumi.ComponentResourceOptions) {
    const { stackSecret, protectLogins: protect = false, ...declared } = args;
    const { username, quota, rotateAfter } = declared;
    const { credentials = liveCredentials({}, username) } = declared;
    super("kafka-platform:access:ServiceAccount", name, { ...declared, credentials }, opts);

    const credential = (mechanism: ScramMechanism, password: pulumi.Output<string>) =>
      new kafka.UserScramCredential(
        `${username}|${mechanism}`,
        { username, scramMechanism: mechanism, scramIterations: SCRAM_ITERATIONS, password },
        { parent: this, ...(protect && { protect }) },
      );
    const derived = (purpose: string) =>
      pulumi.secret(pulumi.output(stackSecret).apply((secret) => derivePassword(secret, purpose)));
    const logins = credentials.map((slot) =>
      credential(slot.mechanism, derived(credentialPurpose(username, slot))),
    );
    const retired = retiredSlot(credentials);
    if (retired) {
      logins.push(credential(retired.mechanism, derived(retiredPurpose(username, retired))));
    }

    const compiled = compileGrants(declared);
    const acls = compiled.map(
      ({ entry }) =>
        new kafka.Acl(
          aclIdentity(entry),
          {
            aclPrincipal: entry.principal,
            aclHost: entry.host,
            aclOperation: entry.operation,
            aclPermissionType: entry.permission,
            aclResourceType: entry.resourceType,
            aclResourceName: entry.resourceName,
            resourcePatternTypeFilter: entry.patternType,
          },
          { parent: this },
        ),
    );

    const limits = quota ? [userQuota(username, quota, { parent: this })] : [];
    this.inKafka = [...logins, ...acls, ...limits];

    const [current] = credentials;
    this.login = {
      username,
      password: derived(credentialPurpose(username, current)),
      mechanism: current.mechanism,
    };
    this.credentials = { live: credentials, rotateAfter };
    this.consumerGroups = consumerGroups(declared);
    const because = compiled.map(({ entry, because }) => [aclIdentity(entry), because] as const);
    this.registerOutputs({ login: this.login, aclReasons: Object.fromEntries(because) });
  }
}
