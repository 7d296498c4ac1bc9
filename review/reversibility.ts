import type { Change } from "./change.ts";
import {
  ACL,
  CLAIM,
  CONFIG_MAP,
  CONTAINER,
  CREDENTIAL,
  DEPLOYMENT,
  DISRUPTION_BUDGET,
  DOCKER_NETWORK,
  IMAGE,
  JOB,
  NAMESPACE,
  NETWORK_POLICY,
  QUOTA,
  REMOTE_IMAGE,
  SECRET,
  SERVICE,
  SERVICE_ACCOUNT,
  STATEFUL_SET,
  TOPIC,
  VOLUME,
  isComponent,
  isProvider,
} from "../model/stack/resource-types.ts";
import { judgeBrokers, judgeStorage } from "./cluster-reversibility.ts";
import { dangerous, harmless, type Judgement } from "./judgement.ts";
import { judgeTopic } from "./topic-reversibility.ts";

/** How the change of one resource can be taken back, by its type. */
export function judge(change: Change): Judgement {
  const { verb, type } = change;
  if (verb === "same" || isComponent(type)) return harmless();
  const known = JUDGES[type];
  if (known) return known(change);
  if (verb === "create" || verb === "update") return harmless();
  if (holdsNothing(type)) return harmless();
  const what = verb === "delete" ? "deleted" : "replaced";
  const reason = `what is lost when a ${type} is ${what} is not known here`;
  return dangerous("irreversible", "other", reason);
}

const JUDGES: Readonly<Record<string, (change: Change) => Judgement>> = {
  [TOPIC]: judgeTopic,
  // Whether a right goes depends on the entries that stay: see lostAccess.
  [ACL]: () => harmless(),
  [CREDENTIAL]: ({ verb }) =>
    verb === "delete" || verb === "replace"
      ? dangerous("reversible", "credential-removal", "nobody can log in with it any more")
      : harmless(),
  [CLAIM]: judgeStorage,
  [NAMESPACE]: judgeStorage,
  [VOLUME]: judgeStorage,
  [STATEFUL_SET]: judgeBrokers,
  [CONTAINER]: ({ verb }) =>
    verb === "replace" || verb === "delete"
      ? harmless("reversible", "the container stops; volumes stay")
      : harmless(),
};

/** Types that can be made again from their declaration alone, besides providers and certificates. */
const HOLDS_NOTHING: readonly string[] = [
  QUOTA,
  DOCKER_NETWORK,
  IMAGE,
  REMOTE_IMAGE,
  CONFIG_MAP,
  SECRET,
  SERVICE,
  SERVICE_ACCOUNT,
  DEPLOYMENT,
  JOB,
  NETWORK_POLICY,
  DISRUPTION_BUDGET,
];

const holdsNothing = (type: string): boolean =>
  HOLDS_NOTHING.includes(type) || isProvider(type) || type.startsWith("tls:index/");
