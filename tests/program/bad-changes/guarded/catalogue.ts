/**
 * Put before the program: makes its catalogue the one of a phase, which the query of this module's
 * address names, with the changes whose names end so. Where it names declarations besides (`only`), the
 * others stay as they were. The program itself is the shipped one.
 */
import * as pulumi from "@pulumi/pulumi";
import { moved } from "../../../../components/kafka/moved.ts";
import { DOMAINS } from "../../../../topics/domains.ts";
import {
  type BadChange,
  changesNamed,
  DELETIONS,
  type Ending,
  type JudgedChange,
  type Phase,
  phaseOf,
} from "./changes.ts";

const query = new URL(import.meta.url).searchParams;
const changes = changesNamed(...(query.getAll("ending") as Ending[]));
const only = query.has("only") ? query.getAll("only") : undefined;
const phaseNow = (name: string): Phase => phaseOf(name, query.get("phase") as Phase, only);

const TOPIC = {
  description: "A topic of a test.",
  key: "id",
  classification: "internal",
  eventsPerHour: { from: 1, to: 2 },
  cleanup: "delete",
  retention: "7d",
  partitions: 6,
  maxMessageSize: "1 MiB",
  producerCodec: "none",
};
const ACCOUNT = { description: "An account of a test." };

const consent = { reason: "a test", by: "a test" };

const VALID = { ...consent, until: "2099-12-31" };

const approvals = ({ change, other, approved }: JudgedChange) =>
  approved &&
  {
    it: [{ change, ...VALID }],
    "another change": [{ change: other, ...VALID }],
    "it, until yesterday": [{ change, ...consent, until: "2020-12-31" }],
  }[approved];

const declared = (of: BadChange["of"], common: object) =>
  Object.fromEntries(
    Object.entries(changes)
      .filter(([, bad]) => bad.of === of)
      .map(([name, bad]) => [
        (phaseNow(name) === "base" ? bad.formerly : undefined) ?? name,
        {
          ...common,
          ...(phaseNow(name) === "base" ? bad.before : bad.after),
          approve: phaseNow(name) === "base" ? undefined : approvals(bad),
        },
      ]),
  );

const going = (common: object) =>
  Object.fromEntries(
    Object.entries(DELETIONS)
      .filter(([name]) => phaseNow(name) === "base")
      .map(([name, retire]) => [name, { ...common, retire }]),
  );

for (const file of Object.keys(DOMAINS)) Reflect.deleteProperty(DOMAINS, file);
Object.assign(DOMAINS, {
  "topics/guarded.ts": {
    owner: "tests",
    topics: { anchor: TOPIC, ...declared("topic", TOPIC), ...going(TOPIC) },
    accounts: { ...declared("account", ACCOUNT), ...going(ACCOUNT) },
  },
});

/** Adds the aliases that somebody writes who takes a renamed topic for one that has moved. */
function aliasFormerNames(): void {
  const component = "kafka-platform:topic:ManagedTopic";
  const types = [component, "kafka:index/topic:Topic"];
  pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) => {
    const former = changes[name]?.formerly;
    if (former === undefined || !types.includes(type)) return undefined;
    const place = [...new Set([component, type])].join("$");
    const aliases = moved(`${place}::${former}`);
    return { props, opts: pulumi.mergeOptions(opts, aliases) };
  });
}

// The program asks for its domains once it has a stack, which transformations belong to.
const file = DOMAINS["topics/guarded.ts"];
Object.defineProperty(DOMAINS, "topics/guarded.ts", {
  enumerable: true,
  get: () => {
    aliasFormerNames();
    return file;
  },
});
