/**
 * Loaded into the program before Pulumi's launcher. The SDK notes for each of its promises, more than
 * a hundred per resource, where it was made. Only its search for leaked promises shows that, which this
 * engine does not offer; without it a program of thousands of resources needs less than half the time.
 */
import debuggable from "@pulumi/pulumi/runtime/debuggable.js";

type TakeNote = <T>(promise: Promise<T>, context?: unknown) => Promise<T>;

/** Internal to the SDK, and left out of its types. */
const internal = debuggable as unknown as { debuggablePromise: TakeNote };
const takeNote = internal.debuggablePromise;

internal.debuggablePromise = (promise) => {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return takeNote(promise);
  } finally {
    Error.stackTraceLimit = limit;
  }
};
