import type { Recorded } from "../pulumi/recorder.ts";

/** A Kubernetes object as it would be written to a file and applied. */
export type Manifest = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string };
} & Readonly<Record<string, unknown>>;

const TYPE = /^kubernetes:(?:(core)|([a-z.0-9]+))\/(v\d\w*):(\w+)$/;

/** Stands where a secret value was: base64 of `[secret]` in the data of a Secret. */
const HIDDEN = Buffer.from("[secret]").toString("base64");

/**
 * The Kubernetes objects among what a program registered, for tools that judge manifests. Values of
 * Secrets are replaced; other inputs that are marked secret would be a mistake, and are refused.
 */
export const manifestsOf = (recorded: readonly Recorded[]): Manifest[] =>
  recorded.flatMap(({ type, name, inputs, secrets }) => {
    const [, core, group, version, kind] = TYPE.exec(type) ?? [];
    if (version === undefined || kind === undefined) return [];
    const hidden = kind === "Secret" ? ["data"] : [];
    const leaked = secrets.filter((key) => !hidden.includes(key));
    if (leaked.length > 0) throw new Error(`${kind} ${name}: secret input ${leaked.join(", ")}`);
    const apiVersion = core === undefined ? `${group ?? ""}/${version}` : version;
    const shown = kind === "Secret" ? { data: hideValues(inputs["data"]) } : {};
    const { metadata } = inputs as Pick<Manifest, "metadata">;
    return [{ ...inputs, ...shown, apiVersion, kind, metadata }];
  });

const hideValues = (data: unknown) =>
  Object.fromEntries(Object.keys(data as object).map((key) => [key, HIDDEN]));

/** The one object of a kind with this name. */
export function manifest(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const found = manifests.find((one) => one.kind === kind && one.metadata.name === name);
  if (!found) throw new Error(`no ${kind} ${name}`);
  return found;
}
