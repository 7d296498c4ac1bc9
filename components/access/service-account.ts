import * as kafka from "@pulumi/kafka";
import * as pulumi from "@pulumi/pulumi";
import {
  type CredentialSlot,
  credentialPurpose,
  derivePassword,
  SCRAM_ITERATIONS,
} from "../settings/credentials.ts";
import type { Login } from "../cluster/endpoint.ts";
import { aclIdentity, compileGrants, type Grants } from "./grants.ts";

export interface ServiceAccountArgs {
  /** Kafka user name; the principal is `User:<username>`. */
  readonly username: string;
  /** What it may do. */
  readonly grants: Grants;
  /**
   * Its credentials: the first is handed out, a second one exists while a rotation is under way.
   *
   * @default one SCRAM-SHA-512 credential of generation 1
   */
  readonly credentials?: readonly [CredentialSlot, ...CredentialSlot[]];
  /** What every password of the stack is derived from. */
  readonly stackSecret: pulumi.Input<string>;
}

const FIRST_CREDENTIAL: CredentialSlot = { mechanism: "SCRAM-SHA-512", generation: 1 };

/**
 * A Kafka user, its SCRAM credentials, and the ACLs that its grants compile to.
 *
 * Children are named by their identity in Kafka under this one parent type: the provider revokes
 * live access when a logical name changes, so moving a declaration must not change one.
 */
export class ServiceAccount extends pulumi.ComponentResource {
  readonly login: Login;

  constructor(name: string, args: ServiceAccountArgs, opts?: pulumi.ComponentResourceOptions) {
    const { username, grants, credentials = [FIRST_CREDENTIAL] } = args;
    super("kafka-platform:access:ServiceAccount", name, { username, grants, credentials }, opts);

    for (const slot of credentials) {
      new kafka.UserScramCredential(
        `${username}|${slot.mechanism}`,
        {
          username,
          scramMechanism: slot.mechanism,
          scramIterations: SCRAM_ITERATIONS,
          password: passwordOf(username, slot, args.stackSecret),
        },
        { parent: this },
      );
    }
    for (const entry of compileGrants(username, grants)) {
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
      );
    }

    const [handedOut] = credentials;
    this.login = {
      username,
      password: passwordOf(username, handedOut, args.stackSecret),
      mechanism: handedOut.mechanism,
    };
    this.registerOutputs({ login: this.login });
  }
}

const passwordOf = (
  username: string,
  slot: CredentialSlot,
  stackSecret: pulumi.Input<string>,
): pulumi.Output<string> =>
  pulumi.secret(
    pulumi
      .output(stackSecret)
      .apply((secret) => derivePassword(secret, credentialPurpose(username, slot))),
  );
