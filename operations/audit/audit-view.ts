import type { AclBinding } from "../../clients/kafka/acls.ts";
import type { BrokerSetting } from "../../clients/kafka/observation/broker-settings.ts";
import type { FeatureLevel } from "../../clients/kafka/observation/feature-levels.ts";
import type { QuotaDescription } from "../../clients/kafka/quotas.ts";
import type { ScramUser } from "../../clients/kafka/scram.ts";
import type { TopicDescription } from "../../clients/kafka/topic-description.ts";
import type { Environment } from "../../model/values/environment.ts";
import type { ScramMechanism } from "../../model/values/scram-mechanism.ts";

/** An account, as it is declared: of the catalogue, or the platform's own. */
export interface DeclaredAccount {
  readonly name: string;
  readonly owner: string;
  /** What it may log in with, what is retired and kept included. */
  readonly mechanisms: readonly ScramMechanism[];
  /** Limits in Kafka's names; undefined where it has none of its own. */
  readonly quota: Readonly<Record<string, number>> | undefined;
  /** Accounts of other owners that it agrees to share groups and transactional ids with. */
  readonly sharesWith: readonly string[];
}

/** A topic, as it is declared, in the environment of the stack. */
export interface DeclaredTopic {
  readonly name: string;
  readonly owner: string;
  readonly classification: string;
}

/** What the stack declares: known without a look at anything. */
export interface Declared {
  readonly environment: Environment;
  readonly protection: boolean;
  /** How many brokers there are to be. */
  readonly brokers: number;
  readonly topics: readonly DeclaredTopic[];
  readonly accounts: readonly DeclaredAccount[];
  readonly acls: readonly AclBinding[];
  /** Limits of users without their own, in Kafka's names. */
  readonly defaultQuota: Readonly<Record<string, number>> | undefined;
  /** What quotas there are to be, by Kafka's name of who is limited: `user NAME`, `default user`. */
  readonly quotas: ReadonlySet<string>;
  /** Logins that disks are formatted with: no declaration has them. */
  readonly platformUsers: readonly string[];
  /** Exempt from every entry. */
  readonly superUsers: readonly string[];
  /** Properties of brokers whose values Kafka shows nobody, as the stack writes them. */
  readonly hiddenProperties: ReadonlyMap<string, string>;
}

/** One broker, as it is set up. */
export interface LiveBroker {
  readonly id: number;
  readonly settings: ReadonlyMap<string, BrokerSetting>;
}

/** The features of one broker. */
export interface BrokerRelease {
  readonly broker: number;
  readonly features: readonly FeatureLevel[];
}

/** A certificate, and where it stands. */
export interface CertificateFacts {
  readonly place: string;
  readonly subject: string;
  /** ISO days. */
  readonly validFrom: string;
  readonly validTo: string;
  readonly isAuthority: boolean;
  readonly keyType: string;
  /** Bits of an RSA key, or of the field of a curve; undefined where the kind of key says it all. */
  readonly keyBits: number | undefined;
  readonly signature: string;
}

/** What an account logs in with, and since when. */
export interface CredentialFacts {
  readonly account: string;
  /** ISO day from which it is to be replaced. @default never, or not known */
  readonly due: string | undefined;
  /** Whether two are live, and the ISO day since when. */
  readonly secondSince: string | undefined;
}

/** A value that anybody may read who may read the place where it stands. */
export interface PlainValue {
  readonly place: string;
  /** Its key, which is shown; the value itself never is. */
  readonly name: string;
  readonly value: string;
}

/** What an audit looks at. Each part is had by a request, or a file, of its own. */
export interface AuditParts {
  readonly acls: readonly AclBinding[];
  readonly users: readonly ScramUser[];
  readonly quotas: readonly QuotaDescription[];
  readonly topics: readonly TopicDescription[];
  readonly brokers: readonly LiveBroker[];
  readonly releases: readonly BrokerRelease[];
  readonly certificates: readonly CertificateFacts[];
  readonly credentials: readonly CredentialFacts[];
  readonly plainValues: readonly PlainValue[];
}

export type AuditPart = keyof AuditParts;

/** What was seen of a part, and a sentence on each bit of it that could not be seen. */
export interface Seen<T> {
  /** Undefined where nothing of it was seen. */
  readonly value: T | undefined;
  readonly missing: readonly string[];
}

/** Everything that the controls judge. */
export interface AuditView {
  /** ISO day on which ends are judged. */
  readonly today: string;
  readonly declared: Declared;
  readonly parts: { readonly [Part in AuditPart]: Seen<AuditParts[Part]> };
}
