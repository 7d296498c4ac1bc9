import { holdsFigures } from "../model/stack/held-figures.ts";
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
import { assessBrokers, assessStorage } from "./cluster-reversibility.ts";
import { requiresApproval, safe, type Assessment } from "./assessment.ts";
import { assessTopic } from "./topic-reversibility.ts";

/** How the change of one resource can be taken back, by its type. */
export function assess(change: Change): Assessment {
  const { verb, type } = change;
  if (verb === "same" || isComponent(type)) return safe();
  if (keepsFigures(change)) return assessFigures(verb);
  const known = ASSESSMENTS[type];
  if (known) return known(change);
  if (verb === "create" || verb === "update") return safe();
  if (holdsNothing(type)) return safe();
  const what = verb === "delete" ? "deleted" : "replaced";
  const reason = `what is lost when a ${type} is ${what} is not known here`;
  return requiresApproval("irreversible", "other", reason);
}

const ASSESSMENTS: Readonly<Record<string, (change: Change) => Assessment>> = {
  [TOPIC]: assessTopic,
  // Whether a right goes depends on the entries that stay: see lostAccess.
  [ACL]: () => safe(),
  [CREDENTIAL]: ({ verb }) =>
    verb === "delete" || verb === "replace"
      ? requiresApproval("reversible", "credential-removal", "nobody can log in with it any more")
      : safe(),
  [CLAIM]: assessStorage,
  [NAMESPACE]: assessStorage,
  [VOLUME]: assessStorage,
  [STATEFUL_SET]: assessBrokers,
  [CONTAINER]: ({ verb }) =>
    verb === "replace" || verb === "delete"
      ? safe("reversible", "the container stops; volumes stay")
      : safe(),
};

/** Of what watches the brokers. Judged by what is there, before by what comes. */
const keepsFigures = ({ type, before, after }: Change): boolean =>
  [VOLUME, STATEFUL_SET].includes(type) && holdsFigures((before ?? after)?.inputs);

const assessFigures = (verb: Change["verb"]): Assessment =>
  verb === "delete" || verb === "replace"
    ? safe("reversible", "what was seen of the brokers so far is forgotten; no record is")
    : safe();

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
