import path from "node:path";
import { pathToFileURL } from "node:url";
import type { CapacityPlan } from "../../model/capacity/capacity.ts";
import { declaredCapacity } from "../capacity/declared-capacity.ts";
import { parsedConfig } from "../stack/effective-config.ts";
import type { StackFile } from "../stack/stack-file.ts";

/**
 * What the declarations of another commit take, by the arithmetic of this one: a figure before and one
 * after are only to be compared when both come about the same way.
 *
 * @returns undefined where an older commit declares in a way that is not understood any more
 */
export async function capacityAt(
  folder: string,
  file: StackFile,
): Promise<CapacityPlan | undefined> {
  try {
    const declarations = pathToFileURL(path.join(folder, "topics", "domains.ts")).href;
    const { DOMAINS } = (await import(declarations)) as { DOMAINS: Record<string, unknown> };
    return declaredCapacity(parsedConfig("the stack file of the base", file.config), DOMAINS);
  } catch {
    return undefined;
  }
}
