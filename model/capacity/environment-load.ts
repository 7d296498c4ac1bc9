import type { Catalogue, CatalogueTopic } from "../catalogue/catalogue.ts";
import type { Environment } from "../values/environment.ts";
import type { ClusterRoom } from "./capacity.ts";

/** What of the declared volumes a stack handles where it does not say: a developer's machine sees a thousandth. */
export const USUAL_LOAD: Readonly<Record<Environment, number>> = {
  dev: 0.001,
  staging: 1,
  prod: 1,
};

/**
 * The catalogue with the volumes of one stack: what a topic says of the environment as it is, and of the rest the
 * share that the stack handles.
 */
export const atLoad = (
  catalogue: Catalogue,
  { environment, load = USUAL_LOAD[environment] }: Pick<ClusterRoom, "environment" | "load">,
): Catalogue => ({
  ...catalogue,
  topics: catalogue.topics.map((topic) => volumesOf(topic, environment, load)),
});

function volumesOf(topic: CatalogueTopic, environment: Environment, load: number): CatalogueTopic {
  const { eventsPerHour, keys } = topic;
  const own = topic.environments?.[environment];
  return {
    ...topic,
    eventsPerHour: own?.eventsPerHour ?? shareOf(eventsPerHour, load),
    keys: own?.keys ?? (keys === undefined ? undefined : Math.ceil(keys * load)),
  };
}

const shareOf = (
  { from, to, average = to, given }: CatalogueTopic["eventsPerHour"],
  load: number,
): CatalogueTopic["eventsPerHour"] => ({
  from: from * load,
  to: to * load,
  average: average * load,
  given,
});
