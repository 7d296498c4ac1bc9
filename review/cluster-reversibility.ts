import type { Change } from "./change.ts";
import { requiresApproval, safe, type Assessment, combine } from "./assessment.ts";
import { at, isRecord, numberAt, textAt } from "./property-value.ts";
import { quantity } from "../model/values/quantity.ts";
import { UNKNOWN_WORD } from "../model/values/shown-words.ts";

/** Something that records are on: a claim, a volume, the namespace of claims. */
export function assessStorage(change: Change): Assessment {
  const kept = change.before?.options.retainOnDelete === true;
  if (change.verb === "delete" || change.verb === "replace") {
    const named = change.verb === "delete" ? "deletion" : "replacement";
    const why = "the old one is kept with its records, and what is made anew does not use it";
    return kept
      ? requiresApproval("irreversible", named, why)
      : requiresApproval("loses data", named, "the records on it are deleted with it");
  }
  return change.verb === "update" ? size(change) : safe();
}

function size({ before, after }: Change): Assessment {
  const path = ["spec", "resources", "requests", "storage"];
  const [from, to] = [before, after].map((side) => textAt(side?.inputs, ...path));
  const [old, next] = [quantity(from), quantity(to)];
  if (from === to) return safe();
  const change = `storage ${from ?? UNKNOWN_WORD} → ${to ?? UNKNOWN_WORD}`;
  if (old !== undefined && next !== undefined && next < old) return smaller(change, from);
  const reason = `${change}: a volume never shrinks again`;
  return requiresApproval("irreversible", "volume-growth", reason);
}

/** What Kubernetes refuses, whoever agrees to it. */
function smaller(change: string, from: string | undefined): Assessment {
  const reason = `${change}: Kubernetes does not shrink a volume`;
  const instead =
    `declare ${from ?? "the size before"} again; ` +
    "for smaller volumes, move the records to a cluster that has them";
  return {
    reversibility: "irreversible",
    reasons: [{ reversibility: "irreversible", text: reason }],
    risks: [{ change: "volume-growth", reason, instead }],
  };
}

/** The brokers: their records are on claims of their own. */
export function assessBrokers(change: Change): Assessment {
  if (change.verb === "delete") {
    return requiresApproval("reversible", "deletion", "the brokers stop; their volumes stay");
  }
  if (change.verb === "replace") {
    const reason = "all brokers stop at once and start again; their volumes stay";
    return requiresApproval("reversible", "replacement", reason);
  }
  if (change.verb !== "update") return safe();
  return combine([replicas(change), ...environment(change), restart(change)]);
}

function replicas({ before, after }: Change): Assessment {
  const [old, next] = [before, after].map((side) => numberAt(side?.inputs, "spec", "replicas"));
  if (old === next) return safe();
  const change = `brokers ${String(old ?? UNKNOWN_WORD)} → ${String(next ?? UNKNOWN_WORD)}`;
  const why =
    old !== undefined && next !== undefined && next > old
      ? "a new broker is empty until partitions are moved to it"
      : "what is only on brokers that go must be moved before, or it is away with them";
  return safe("needs data to move", `${change}: ${why}`);
}

/** Variables of the broker's container that cannot be turned back. */
const ONE_WAY: Readonly<Record<string, string>> = {
  METADATA_VERSION: "a cluster's metadata does not go back to an older version",
  CLUSTER_ID: "brokers refuse disks that were formatted for another cluster",
};

function environment({ before, after }: Change): Assessment[] {
  return Object.entries(ONE_WAY).flatMap(([name, why]) => {
    const [old, next] = [before, after].map((side) => variable(side?.inputs, name));
    if (old === next) return [];
    const reason = `${name} ${old ?? "[none]"} → ${next ?? "[none]"}: ${why}`;
    return [requiresApproval("irreversible", "one-way-setting", reason)];
  });
}

function variable(inputs: unknown, name: string): string | undefined {
  const containers = at(inputs, "spec", "template", "spec", "containers");
  const all: unknown[] = Array.isArray(containers) ? containers : [];
  for (const container of all) {
    const variables = at(container, "env");
    const list: unknown[] = Array.isArray(variables) ? variables : [];
    const found = list.find((entry) => isRecord(entry) && entry["name"] === name);
    if (found !== undefined) return textAt(found, "value");
  }
  return undefined;
}

function restart({ before, after }: Change): Assessment {
  const [old, next] = [before, after].map((side) =>
    JSON.stringify(at(side?.inputs, "spec", "template"), hideSymbols),
  );
  return old === next ? safe() : safe("reversible", "brokers restart one by one");
}

const hideSymbols = (_: string, value: unknown): unknown =>
  typeof value === "symbol" ? value.toString() : value;
