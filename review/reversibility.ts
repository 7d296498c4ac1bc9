import { ACL, type Change, CLAIM, CREDENTIAL, isComponent, STATEFUL_SET, TOPIC } from "./change.ts";
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
  if (HOLDS_NOTHING.test(type)) return harmless();
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
  "kubernetes:core/v1:Namespace": judgeStorage,
  "docker:index/volume:Volume": judgeStorage,
  [STATEFUL_SET]: judgeBrokers,
  "docker:index/container:Container": ({ verb }) =>
    verb === "replace" || verb === "delete"
      ? harmless("reversible", "the container stops; volumes stay")
      : harmless(),
};

/** Types that can be made again from their declaration alone. */
const HOLDS_NOTHING = new RegExp(
  [
    "^kafka:index/quota:Quota$",
    "^pulumi:providers:",
    "^tls:index/",
    "^docker:index/(network:Network|remoteImage:RemoteImage|image:Image)$",
    "^kubernetes:(core/v1:(ConfigMap|Secret|Service|ServiceAccount)" +
      "|apps/v1:Deployment|batch/v1:Job|networking\\.k8s\\.io/v1:NetworkPolicy" +
      "|policy/v1:PodDisruptionBudget)$",
  ].join("|"),
);
