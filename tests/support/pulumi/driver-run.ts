/** Runs a resource driver the way the engine does: check, then the operation. */
import type {
  OperationContext,
  Properties,
  ResourceDriver,
  ResourceState,
} from "../../../engine/index.ts";

export interface RecordingContext extends OperationContext {
  /** The progress lines so far. */
  readonly lines: readonly string[];
}

export function recordingContext(signal = new AbortController().signal): RecordingContext {
  const lines: string[] = [];
  return {
    urn: "urn:pulumi:test::kafka-platform::test",
    projectDir: process.cwd(),
    signal,
    progress: (line) => lines.push(line),
    lines,
  };
}

/** The checked inputs; throws the failures. */
export function checked<C>(driver: ResourceDriver<C>, inputs: Properties): Properties {
  const result = driver.check(inputs);
  if (result.failures.length > 0) {
    throw new Error(result.failures.map((failure) => failure.reason).join("; "));
  }
  return result.inputs;
}

/** Creates the resource and returns the state the engine would record. */
export async function created<C>(
  driver: ResourceDriver<C>,
  client: C,
  inputs: Properties,
  context: OperationContext = recordingContext(),
): Promise<ResourceState> {
  const canonical = checked(driver, inputs);
  return { inputs: canonical, ...(await driver.create(client, canonical, context)) };
}

/** The message an operation fails with. */
export async function failureOf(operation: Promise<unknown>): Promise<string> {
  try {
    await operation;
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the operation was expected to fail and did not");
}
