/** Checks a declared object before any API server sees it, and fills in what the provider fills in. */
import { KINDS } from "../../../clients/kubernetes/objects.ts";
import {
  type CheckFailure,
  type CheckResult,
  type Properties,
  UNKNOWN,
  type Value,
} from "../driver.ts";
import { isList, isRecord } from "../property-rules.ts";
import { annotationFault } from "./annotations.ts";
import type { ResourceKind } from "./kinds.ts";

/** Metadata a program declares; the rest is the API server's. */
const METADATA = ["name", "namespace", "labels", "annotations", "finalizers"];
/** Maps whose values Kubernetes takes as text only. */
const TEXT_MAPS = ["data", "stringData", "binaryData"];

export function checkObject(
  kind: ResourceKind,
  inputs: Properties,
  provider: Properties,
): CheckResult {
  const failures: CheckFailure[] = [];
  const report = (property: string, reason: string): void => {
    failures.push({ property, reason });
  };
  const { apiVersion, namespaced } = KINDS[kind.kind];
  const given = withoutNulls(inputs) as Properties;
  checkFixed("apiVersion", apiVersion, given, report);
  checkFixed("kind", kind.kind, given, report);
  for (const name of Object.keys(given)) {
    if (["apiVersion", "kind", "metadata", ...kind.fields].includes(name)) continue;
    report(
      name,
      `is not supported by the embedded engine for a ${kind.kind}; supported are metadata, ${kind.fields.join(", ")}`,
    );
  }
  const declared = given["metadata"] ?? {};
  const known = isRecord(declared);
  if (known) checkMetadata(declared, namespaced, report);
  else if (declared !== UNKNOWN) report("metadata", "must be an object");
  for (const name of TEXT_MAPS) checkTexts(name, given[name], report);
  const defaults: Properties = namespaced ? { namespace: provider["namespace"] ?? "default" } : {};
  const metadata: Value = known ? { ...defaults, ...declared } : declared;
  return { inputs: { ...given, apiVersion, kind: kind.kind, metadata }, failures };
}

type Report = (property: string, reason: string) => void;

function checkFixed(name: string, wanted: string, inputs: Properties, report: Report): void {
  const value = inputs[name];
  if (value === undefined || value === UNKNOWN || value === wanted) return;
  report(name, `must be "${wanted}", not ${JSON.stringify(value)}`);
}

function checkMetadata(metadata: Properties, namespaced: boolean, report: Report): void {
  for (const name of Object.keys(metadata)) {
    if (METADATA.includes(name)) continue;
    const why = name === "generateName" ? "names are never made up" : "the API server sets it";
    report(`metadata.${name}`, `is not supported by the embedded engine: ${why}`);
  }
  const { name, namespace } = metadata;
  if (name === undefined || name === "") {
    report("metadata.name", "is required: the embedded engine does not make names up");
  } else if (name !== UNKNOWN && typeof name !== "string") {
    report("metadata.name", `must be a text, not ${JSON.stringify(name)}`);
  }
  if (!namespaced && namespace !== undefined) {
    report("metadata.namespace", "must be left out: objects of this kind are in no namespace");
  }
  checkTexts("metadata.labels", metadata["labels"], report);
  const annotations = metadata["annotations"];
  checkTexts("metadata.annotations", annotations, report);
  for (const [key, value] of Object.entries(isRecord(annotations) ? annotations : {})) {
    const fault = typeof value === "string" ? annotationFault(key, value) : undefined;
    if (fault !== undefined) report(`metadata.annotations["${key}"]`, fault);
  }
}

/** No message shows a value: it may be a secret. */
function checkTexts(path: string, map: Value | undefined, report: Report): void {
  if (map === undefined || map === UNKNOWN) return;
  if (!isRecord(map)) {
    report(path, "must be a map of texts");
    return;
  }
  for (const [key, value] of Object.entries(map)) {
    if (typeof value === "string" || value === UNKNOWN) continue;
    report(`${path}["${key}"]`, `must be a text, not a ${isList(value) ? "list" : typeof value}`);
  }
}

/** In a program, null says "left out", at any depth. */
function withoutNulls(value: Value): Value {
  if (isList(value)) return value.filter((each) => each !== null).map(withoutNulls);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutNulls(each)]));
}
