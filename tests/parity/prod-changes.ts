import { nodePorts } from "../kubernetes/support/platform-stack.ts";
import type { Change } from "./recording.ts";
import type { StackFiles } from "./stack-files.ts";

/** Changes to the prod stack, as people make them. */

const inCluster =
  (entry: string, value: unknown) =>
  (files: StackFiles): void => {
    files.set("cluster", entry, value);
  };

const elsewhere =
  (entry: string, value: string) =>
  (files: StackFiles): void => {
    files.set("cluster", entry, value);
    files.set("cluster", "access", nodePorts(30392));
  };

export const prodChanges: readonly Change[] = [
  { what: "more memory for the brokers", make: inCluster("memory", "1280 MiB") },
  { what: "more CPU for the brokers", make: inCluster("cpu", "150m") },
  {
    what: "a broker property, and so another checksum",
    make: inCluster("properties", { "log.cleaner.threads": "2" }),
  },
  {
    what: "the other user of the brokers",
    make: inCluster("brokerUsers", [
      { user: "b", generation: 2 },
      { user: "a", generation: 1 },
    ]),
  },
  {
    what: "larger volumes",
    make: inCluster("storage", { class: "lab-local", size: "2 GiB" }),
  },
  { what: "another namespace of the metrics", make: inCluster("monitoringNamespace", "observed") },
  { what: "a namespace that may connect", make: inCluster("clientNamespaces", ["shop"]) },
  { what: "brokers that never share a host", make: inCluster("spread", "required") },
  { what: "racks", make: inCluster("racks", ["a", "b", "c"]) },
  // New objects come before the old ones go, so they need other ports.
  { what: "other ports", make: inCluster("access", nodePorts(30392)) },
  { what: "other names of everything", make: elsewhere("name", "renamed") },
  { what: "another namespace", make: elsewhere("namespace", "kafka-parity-moved") },
  {
    what: "a topic's retention",
    make: (files) => {
      files.edit("topics/e-commerce.ts", (text) =>
        text.replace('retention: "90d"', 'retention: "60d"'),
      );
    },
  },
  {
    what: "an account that goes",
    make: (files) => {
      files.edit("topics/e-commerce.ts", (text) =>
        text.replace(/ {4}"shop-dashboards": \{[\s\S]*?\n {4}\},\n/, ""),
      );
    },
  },
  {
    what: "no UI",
    make: (files) => {
      files.set("ui", "enabled", false);
    },
  },
];

const MADE = new Set([
  "a broker property, and so another checksum",
  "larger volumes",
  "a namespace that may connect",
  "a topic's retention",
  "an account that goes",
  "no UI",
]);

/** Made for real: the brokers restart one by one, their volumes grow, an account and the UI go. */
export const prodMade: Change = {
  what: "all of a week's work at once",
  make: (files) => {
    for (const change of prodChanges) if (MADE.has(change.what)) change.make(files);
  },
};
