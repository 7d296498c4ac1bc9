import { createHash, randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { messageOf, UserError } from "../../model/values/user-error.ts";
import { type UndoRecord, undoRecord } from "../../operations/offsets/undo-record.ts";
import { localDir, type Stack } from "../stack/project.ts";

const LONGEST = 80;

/** Where old positions of a stack's groups are kept. */
const folderOf = (stack: Stack): string => path.join(localDir(), stack.name, "offsets");

/** A group may be called anything, a file may not; two groups never share a beginning of a name. */
function stemOf(group: string): string {
  const plain = group.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, LONGEST);
  return `${plain}-${createHash("sha256").update(group).digest("hex").slice(0, 8)}`;
}

/** A name that no file has yet, in order of time. */
export const newUndoFile = (stack: Stack, group: string, at: string): string =>
  path.join(
    folderOf(stack),
    `${stemOf(group)}.${at.replaceAll(":", "")}.${randomUUID().slice(0, 4)}.json`,
  );

/** Writes all or nothing, on the disk before it returns: what it undoes is done after it. */
export function writeUndoFile(file: string, record: UndoRecord): void {
  const folder = path.dirname(file);
  const partial = `${file}.partial`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    rmSync(partial, { force: true });
    const open = openSync(partial, "wx", 0o600);
    try {
      writeFileSync(open, `${JSON.stringify(record, undefined, 2)}\n`);
      fsyncSync(open);
    } finally {
      closeSync(open);
    }
    renameSync(partial, file);
    const entry = openSync(folder, "r");
    fsyncSync(entry);
    closeSync(entry);
  } catch (error) {
    throw new UserError(
      `The old positions cannot be kept in ${file}: ${messageOf(error)}. Nothing was changed.`,
    );
  }
}

/** @throws UserError for a file that is no such one */
export function readUndoFile(file: string): UndoRecord {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${messageOf(error)}.`);
  }
  const parsed = undoRecord.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(
    `${file} keeps no positions that a reset has written: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}.`,
  );
}

/** Changes of a group that were begun, and of which nobody has seen the end. */
export function unfinished(stack: Stack, group: string): { file: string; record: UndoRecord }[] {
  const folder = folderOf(stack);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${stemOf(group)}.`) && name.endsWith(".json"))
    .toSorted()
    .map((name) => path.join(folder, name))
    .map((file) => ({ file, record: readUndoFile(file) }))
    .filter(({ record }) => record.group === group && record.state === "begun");
}
