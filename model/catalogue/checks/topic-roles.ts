import type { DeclaredGrants } from "../../access/grants.ts";
import { matchesPattern } from "../../access/name-pattern.ts";

/** What a program needs of a topic in which it keeps what it knows. */
export interface TopicRole {
  readonly topic: string;
  /** What the topic is to the program, such as `the config topic of Connect cluster "etl"`. */
  readonly role: string;
  /** Whether it must have exactly one partition. */
  readonly single: boolean;
  /** What the program does where the topic is another. */
  readonly why: string;
}

const CONNECT = "a worker refuses to start on any other";
const REGISTRY = "a registry refuses to start on any other, or loses schemas";
const MIRROR = "MirrorMaker refuses to start on any other, or forgets how far it was";

/**
 * Topics that programs keep their state in, as far as grants name them. All of them are compacted and never
 * dropped, because a program reads what it knows from the first record on.
 *
 * Kafka Streams makes its own, and no declared topic may be named as those are: see `account-checks.ts`.
 *
 * @param topics names of the declared topics, for grants that end in `*`
 */
export function topicRoles(grants: DeclaredGrants, topics: readonly string[]): TopicRole[] {
  const { connect = [], schemaRegistries = [], mirrorsTo = [], mirrorsFrom = [] } = grants;
  return [
    ...connect.flatMap(({ group, configTopic, offsetTopic, statusTopic }) =>
      connectRoles(`Connect cluster "${group}"`, CONNECT, [configTopic, offsetTopic, statusTopic]),
    ),
    ...schemaRegistries.flatMap(({ topics: mentioned, group }) =>
      topics
        .filter((topic) => mentioned.some((name) => matchesPattern(name, topic)))
        .map((topic) => ({
          ...{ topic, single: true, why: REGISTRY },
          role: `where schema registry "${group}" keeps its schemas`,
        })),
    ),
    // Most let MirrorMaker make them; whoever declares them must do as it does.
    ...mirrorsTo.map(({ target }) => ({
      ...{ topic: `mm2-offset-syncs.${target}.internal`, single: true, why: MIRROR },
      role: `the offset syncs of MirrorMaker to "${target}"`,
    })),
    ...mirrorsFrom.flatMap((source) =>
      connectRoles(
        `MirrorMaker from "${source}"`,
        MIRROR,
        ["configs", "offsets", "status"].map((kind) => `mm2-${kind}.${source}.internal`),
      ),
    ),
    ...mirrorsFrom.map((source) => ({
      ...{ topic: `${source}.checkpoints.internal`, single: true, why: MIRROR },
      role: `the checkpoints of MirrorMaker from "${source}"`,
    })),
  ];
}

const connectRoles = (who: string, why: string, names: readonly string[]): TopicRole[] =>
  ["config", "offset", "status"].map((kind, at) => ({
    ...{ topic: names[at] ?? "", single: kind === "config", why },
    role: `the ${kind} topic of ${who}`,
  }));
