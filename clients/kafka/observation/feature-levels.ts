import { apiVersionsV4 } from "@platformatic/kafka";
import type { BrokerLink } from "../broker-link.ts";
import type { Deadline } from "../deadline.ts";
import { refusal } from "../errors.ts";

const API_VERSIONS = ["ApiVersions", apiVersionsV4.api] as const;
const SOFTWARE = ["kafka-platform", "1"] as const;

/** How far a feature of a broker is, such as `metadata.version`. */
export interface FeatureLevel {
  readonly name: string;
  /** The highest that the software of this broker can do. */
  readonly supported: number;
  /** What the cluster has agreed on; undefined where it has not. */
  readonly inEffect: number | undefined;
}

/** The features of the broker that a link leads to, in order of name. Needs no right. */
export async function featureLevels(link: BrokerLink, deadline: Deadline): Promise<FeatureLevel[]> {
  const what = "features of a broker";
  const answer = await link.read(API_VERSIONS, what, deadline, ...SOFTWARE);
  const error = refusal(what, answer);
  if (error) throw error;
  const inEffect = new Map(
    (answer.finalizedFeatures ?? []).map(({ name, maxVersionLevel }) => [name, maxVersionLevel]),
  );
  return (answer.supportedFeatures ?? [])
    .map(({ name, maxVersion }) => {
      return { name, supported: maxVersion, inEffect: inEffect.get(name) };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
