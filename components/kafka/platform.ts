import type * as pulumi from "@pulumi/pulumi";
import type { LiveCredentials, LiveUsers } from "../../model/credentials/rotation.ts";
import type {
  ObservabilityKind,
  ObservabilitySettings,
} from "../../model/observability/observability-settings.ts";
import type { PolicyFacts } from "../../model/stack/policy-facts.ts";
import type { ClientAccount } from "./client-files.ts";
import type { KafkaEndpoint, Login } from "./endpoint.ts";
import type { UiAccess } from "./kafka-ui-access.ts";
import type {
  ObservabilityAccess,
  ObservabilityContent,
} from "../observability/observability-access.ts";

/** A running Kafka and what stands beside it, whatever they run on. */
export interface Platform {
  /** The cluster; what is declared in it waits until all of this is up. */
  readonly kafka: KafkaEndpoint & pulumi.Resource;
  /** Everything declared in Kafka lives, and dies, with this volume. */
  readonly dataVolume: pulumi.Resource;
  /** The accounts of its own that are rotated, by the name that a rotation knows. */
  readonly rotatable: Readonly<Record<string, LiveCredentials | LiveUsers>>;
  /** What Kafka is to hold of them. */
  readonly logins: readonly Login[];
  /** Starts the UI, which reads Kafka as `account`. */
  readonly startUi: (account: Login, opts: pulumi.ComponentResourceOptions) => UiAccess;
  /** Starts what watches the brokers, where the stack has that of its own. */
  readonly startObservability: (
    content: ObservabilityContent,
    opts: pulumi.ComponentResourceOptions,
  ) => ObservabilityAccess | undefined;
  /** Puts the connection of an account where its clients run; nothing where that is anywhere. */
  readonly publishCredentials: (
    account: ClientAccount,
    owner: string,
    opts: pulumi.CustomResourceOptions,
  ) => void;
}

/** What both kinds of platform are told. */
export interface PlatformArgs {
  readonly stackSecret: pulumi.Input<string>;
  /** Whether volumes, and what holds them, refuse to be deleted. */
  readonly protect: boolean;
  /** Logical names of those that do not, because somebody approved it. */
  readonly unprotected: readonly string[];
  /** What the admin may log in with. */
  readonly adminCredentials: LiveCredentials;
  /** Recorded for policies. */
  readonly policy: PolicyFacts;
  readonly ui: { readonly image: string; readonly port: number };
  /** Who watches the brokers, and how. */
  readonly observability: ObservabilitySettings;
  readonly observabilityKind: ObservabilityKind;
}
