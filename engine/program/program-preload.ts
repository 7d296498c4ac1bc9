/**
 * Loaded into the program before Pulumi's launcher: what makes the SDK bear thousands of resources. Both
 * are internals of the SDK; of a release that has them no more they are left alone, and the program runs
 * as it would without this file, only slower.
 */
import services from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import debuggable from "@pulumi/pulumi/runtime/debuggable.js";

type TakeNote = <T>(promise: Promise<T>, context?: unknown) => Promise<T>;
type Answered = (error: unknown, response: unknown) => void;
type Register = (request: unknown, answered: Answered) => void;

/**
 * The SDK notes for each of its promises, more than a hundred per resource, where it was made. Only its
 * search for leaked promises shows that, which this engine does not offer; without it a program of
 * thousands of resources needs less than half the time.
 */
export function withoutStackTraces(sdk: { debuggablePromise?: TakeNote }): void {
  const takeNote: unknown = sdk.debuggablePromise;
  if (typeof takeNote !== "function") return;
  sdk.debuggablePromise = (promise) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return (takeNote as TakeNote)(promise);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}

/** As many registrations as are under way at a time: each costs both sides an HTTP/2 stream. */
const REGISTRATIONS = 256;

/**
 * The SDK sends all registrations at once. The rest wait here for an answer to one of the first: none is
 * held up, for what a registration waits for was answered before it is sent.
 */
export function fewAtATime(client: { registerResource?: Register }): void {
  const register: unknown = client.registerResource;
  if (typeof register !== "function") return;
  let free = REGISTRATIONS;
  const waiting: (() => void)[] = [];
  client.registerResource = function (request, answered) {
    const send = (): void =>
      (register as Register).call(this, request, (error, response) => {
        const next = waiting.shift();
        if (next) next();
        else free += 1;
        answered(error, response);
      });
    if (free === 0) waiting.push(send);
    else {
      free -= 1;
      send();
    }
  };
}

withoutStackTraces(debuggable);
fewAtATime(services.ResourceMonitorClient.prototype as unknown as { registerResource?: Register });
