import path from "node:path";
import type { ClusterKind } from "../../model/stack/cluster-kinds.ts";
import { PROJECT_DIR, type Stack } from "./project.ts";

/** Flags with which another command is about the same stack; none for dev with its own file. */
export function flagsOf({ name, file }: Pick<Stack, "name" | "file">): string {
  const isOwn = file === path.join(PROJECT_DIR, `Pulumi.${name}.yaml`);
  return (name === "dev" ? "" : ` --stack ${name}`) + (isOwn ? "" : ` --config-file ${file}`);
}

/** The command that applies the configuration of a stack. */
export function applyCommand(stack: Stack, { isLocal }: Pick<ClusterKind, "isLocal">): string {
  const flags = flagsOf(stack);
  if (!isLocal) return `npm run pulumi -- up${flags}`;
  return flags === "" ? "npm start" : `npm start --${flags}`;
}
