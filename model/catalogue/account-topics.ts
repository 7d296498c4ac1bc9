import { matchesPattern } from "../access/name-pattern.ts";
import { grantsOperation } from "../access/operations.ts";
import { declaredRights } from "../access/rights.ts";
import type { Right } from "../access/acl.ts";
import type { ClientTopic, ClientTopics } from "../credentials/client-topics.ts";
import { inEnvironment } from "../topic/topic-spec.ts";
import type { Environment } from "../values/environment.ts";
import type { CatalogueAccount, CatalogueTopic } from "./catalogue.ts";

/** Finds the declared topics that accounts may write and read, as they are in one environment. */
export class TopicsOfAccounts {
  /** Those with the most bytes first. */
  readonly #topics: ReadonlyMap<string, ClientTopic>;

  constructor(topics: readonly CatalogueTopic[], environment: Environment) {
    this.#topics = new Map(
      topics
        .toSorted((one, other) => bytesPerHour(other) - bytesPerHour(one))
        .map((declared) => {
          const { producerCodec: codec, maxMessageSize } = inEnvironment(declared, environment);
          return [declared.name, { topic: declared.name, codec, maxMessageSize }] as const;
        }),
    );
  }

  /**
   * By the account's rights and not by what it says that it does: so the dead letters of what it
   * consumes, the topics of its Connect workers and what it mirrors count as well. What it produces
   * comes first.
   */
  of({ grants, groupGrants }: Pick<CatalogueAccount, "grants" | "groupGrants">): ClientTopics {
    const all = [grants, ...Object.values(groupGrants)];
    const rights = all.flatMap(declaredRights);
    const allowed = (operation: "Read" | "Write") =>
      this.#matching(
        rights
          .map(({ right }) => right)
          .filter(
            (right) =>
              right.resourceType === "Topic" && grantsOperation(right.operation, operation),
          ),
      );
    const produced = all.flatMap(({ produces, streams = [] }) => [
      ...produces,
      ...streams.flatMap((application) => application.produces),
    ]);
    const isProduced = ({ topic }: ClientTopic) =>
      produced.some((pattern) => matchesPattern(pattern, topic));
    const { true: own = [], false: others = [] } = Object.groupBy(allowed("Write"), (topic) =>
      isProduced(topic) ? "true" : "false",
    );
    return { writes: [...own, ...others], reads: allowed("Read") };
  }

  #matching(rights: readonly Right[]): ClientTopic[] {
    const named = (type: Right["patternType"]) =>
      rights.filter(({ patternType }) => patternType === type).map((right) => right.resourceName);
    const exact = new Set(named("Literal"));
    const prefixes = named("Prefixed");
    return [...this.#topics.values()].filter(
      ({ topic }) =>
        exact.has("*") || exact.has(topic) || prefixes.some((prefix) => topic.startsWith(prefix)),
    );
  }
}

const bytesPerHour = ({ eventsPerHour: { to, average = to }, eventSize }: CatalogueTopic) =>
  average * eventSize;
