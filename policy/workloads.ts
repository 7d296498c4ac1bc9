import { holdsFigures } from "../model/stack/held-figures.ts";
import type { Fields } from "./fields.ts";
import type { Subject } from "./subject.ts";

/** Reading the Kubernetes objects that run pods. */

/** Whether a StatefulSet runs brokers: each that is not known to run something else. */
export const isBrokerSet = ({ resource }: Subject): boolean => !holdsFigures(resource.inputs);

/** Those of a stack that run brokers. */
export const brokerSets = (sets: readonly Subject[]): readonly Subject[] =>
  sets.filter(isBrokerSet);

export const podOf = ({ fields }: Subject): Fields => fields.in("spec", "template", "spec");

export const podLabels = ({ fields }: Subject): Record<string, string> =>
  fields.in("spec", "template", "metadata").map("labels");

/** Every container of a pod, those that run before it included. */
export const containersOf = (subject: Subject): readonly Fields[] => {
  const pod = podOf(subject);
  return [...pod.list("initContainers"), ...pod.list("containers")];
};

/** What a container is called in a message. */
export const containerName = (container: Fields): string =>
  `container ${container.text("name") ?? "(unnamed)"}`;

/** Plain environment of a container, by name. */
export const environmentOf = (container: Fields): Record<string, string> =>
  Object.fromEntries(
    container
      .list("env")
      .flatMap((entry) =>
        entry.has("value") ? [[entry.text("name") ?? "", entry.text("value") ?? ""] as const] : [],
      ),
  );

/** Namespace and name of an object, in the way other objects refer to it. */
export const namespaceOf = ({ fields }: Subject): string | undefined =>
  fields.in("metadata").text("namespace");

export const objectName = ({ fields }: Subject): string | undefined =>
  fields.in("metadata").text("name");

/** Whether labels have everything that a selector asks for. An empty selector matches everything. */
export const selects = (
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean => Object.entries(selector).every(([key, value]) => labels[key] === value);
