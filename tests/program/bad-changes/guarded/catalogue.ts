/**
 * Put before the program: makes its catalogue the one of a phase, which the query of this module's
 * address names. The program itself is the shipped one.
 */
import { DOMAINS } from "../../../../topics/domains.ts";
import { BAD_CHANGES, type BadChange, DELETIONS, type Phase } from "./changes.ts";

const phase = new URL(import.meta.url).searchParams.get("phase") as Phase;

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

function approvals({ change, other }: BadChange) {
  switch (phase) {
    case "approved":
      return [{ change, ...consent, until: "2099-12-31" }];
    case "other":
      return [{ change: other, ...consent, until: "2099-12-31" }];
    case "expired":
      return [{ change, ...consent, until: "2020-12-31" }];
    default:
      return undefined;
  }
}

const declared = (of: BadChange["of"], common: object) =>
  Object.fromEntries(
    Object.entries(BAD_CHANGES)
      .filter(([, bad]) => bad.of === of)
      .map(([name, bad]) => [
        name,
        {
          ...common,
          ...(phase === "base" ? bad.before : bad.after),
          approve: approvals(bad),
        },
      ]),
  );

const going = (common: object) =>
  phase === "base"
    ? Object.fromEntries(
        Object.entries(DELETIONS).map(([name, retire]) => [name, { ...common, retire }]),
      )
    : {};

for (const file of Object.keys(DOMAINS)) Reflect.deleteProperty(DOMAINS, file);
Object.assign(DOMAINS, {
  "topics/guarded.ts": {
    owner: "tests",
    topics: { anchor: TOPIC, ...declared("topic", TOPIC), ...going(TOPIC) },
    accounts: { ...declared("account", ACCOUNT), ...going(ACCOUNT) },
  },
});
