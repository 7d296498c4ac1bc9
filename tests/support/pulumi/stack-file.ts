import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { asText } from "../../../cli/stack/stack-file.ts";

/** A secret of a stack, for tests. */
export const STACK_SECRET = "0123456789abcdef0123456789abcdef";

/** The committed stack file, as an engine hands it to the program, and {@link STACK_SECRET}. */
export function stackFile(stack: string): Record<string, string> {
  const { config } = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as {
    config: Record<string, unknown>;
  };
  const values = Object.entries(config).map(([key, value]) => [key, asText(value)] as const);
  return { ...Object.fromEntries(values), "kafka-platform:stackSecret": STACK_SECRET };
}
