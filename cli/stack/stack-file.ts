import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Document, parseDocument, type ScalarTag, type Tags } from "yaml";
import { stringifyString } from "yaml/util";
import { z } from "zod";
import { plainContent } from "./plain-content.ts";
import { describeFaults } from "../../model/values/faults.ts";
import { UserError } from "../../model/values/user-error.ts";

/** Quotes text that the Pulumi CLI, which reads YAML 1.1, would take for something else: a date. */
export const PULUMI_YAML = { compat: "yaml-1.1" } as const;

/** A secret as Pulumi writes it into a stack file. */
const secure = z.strictObject({ secure: z.string() });

const stackFile = z.strictObject({
  encryptionsalt: z.string().optional(),
  secretsprovider: z.string().optional(),
  encryptedkey: z.string().optional(),
  config: z
    .record(
      z.string().regex(/^[^:]+:[^:]+$/, { error: "a key such as kafka-platform:environment" }),
      z.unknown(),
    )
    .default({}),
});

export type StackFile = z.output<typeof stackFile>;

/** The content of `Pulumi.<stack>.yaml`. @throws UserError with every fault of the file */
export function readStackFile(file: string): StackFile {
  // What the library would warn of is refused below, in our own words.
  const document = parseDocument(readFileSync(file, "utf8"), { logLevel: "error" });
  const [syntax] = document.errors;
  if (syntax) throw new UserError(`${file} is not valid YAML: ${syntax.message}`);
  const content = plainContent(file, document) ?? {};
  const parsed = stackFile.safeParse(content);
  if (parsed.success) return parsed.data;
  const faults = describeFaults(parsed.error, content).map((fault) => `\n  - ${fault}`);
  throw new UserError(`${file} is not a stack file:${faults.join("")}`);
}

/** Changes to a stack file. */
export interface StackFileEdit {
  readonly encryptionsalt?: string;
  /** Keys set as a whole; `undefined` removes. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Fields set inside keys that hold an object; the object's other fields stay. */
  readonly fields?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Edits a stack file in one go, keeping everything else of it, comments included. */
export function editStackFile(file: string, edit: StackFileEdit): void {
  const { encryptionsalt, config = {}, fields = {} } = edit;
  const document = readDocument(file);
  if (encryptionsalt !== undefined) document.set("encryptionsalt", encryptionsalt);
  for (const [key, value] of Object.entries(config)) {
    if (value === undefined) document.deleteIn(["config", key]);
    else document.setIn(["config", key], document.createNode(value));
  }
  for (const [key, values] of Object.entries(fields)) {
    for (const [field, value] of Object.entries(values)) {
      document.setIn(["config", key, field], document.createNode(value));
    }
  }
  write(file, document);
}

/** Sets one entry of an object in the configuration, keeping everything else, comments included. */
export function setConfigEntry(
  file: string,
  key: string,
  entry: string | readonly string[],
  value: unknown,
): void {
  const document = readDocument(file);
  document.setIn(["config", key, ...[entry].flat()], document.createNode(value));
  write(file, document);
}

/** Text folded by hand keeps its lines when it is written again; the library has one width for all. */
const keepFolds: ScalarTag = {
  tag: "tag:yaml.org,2002:str",
  default: true,
  identify: (value) => typeof value === "string",
  resolve: (source) => source,
  stringify(item, context, ...callbacks) {
    const token = item.srcToken;
    if (token?.type !== "block-scalar" || item.type !== "BLOCK_FOLDED") {
      return stringifyString(item, Object.assign({ actualString: true }, context), ...callbacks);
    }
    callbacks[0]?.(); // Its comment is written here.
    const head = token.props.map((part) => ("source" in part ? part.source : "")).join("");
    return `${head}${token.source}`.trimEnd();
  },
};

const EDITABLE = {
  ...PULUMI_YAML,
  keepSourceTokens: true,
  customTags: (tags: Tags): Tags => [keepFolds, ...tags.filter((tag) => !isText(tag))],
};

const isText = (tag: Tags[number]): boolean => typeof tag !== "string" && tag.tag === keepFolds.tag;

/** Without laying anything out anew: what was not edited stays as it was. */
function write(file: string, document: Document): void {
  writePrivately(file, document.toString({ lineWidth: 0, flowCollectionPadding: false }));
}

function readDocument(file: string): Document {
  try {
    return parseDocument(readFileSync(file, "utf8"), EDITABLE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return new Document({ config: {} }, PULUMI_YAML);
  }
}

/** Writes all or nothing: the file is complete before it takes the other's place. */
export function writePrivately(file: string, content: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // Under a name that nobody else can have put a file or a link of theirs at before.
  const partial = `${file}.${randomUUID()}.partial`;
  try {
    writeFileSync(partial, content, { mode: 0o600, flag: "wx" });
    renameSync(partial, file);
  } finally {
    rmSync(partial, { force: true });
  }
}

/** A configuration value as the engines pass it on: text as it is, everything else as JSON. */
export const asText = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

/** The encrypted text when `value` is a secret. */
export function encryptedText(value: unknown): string | undefined {
  const parsed = secure.safeParse(value);
  return parsed.success ? parsed.data.secure : undefined;
}

/** `over` wins; objects are merged key by key, everything else is taken whole. */
export function mergeConfig(
  base: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const under = merged[key];
    merged[key] = isRecord(under) && isRecord(value) ? mergeConfig(under, value) : value;
  }
  return merged;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
