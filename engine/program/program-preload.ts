/**
 * Loaded into the program before Pulumi's launcher: what makes the SDK bear thousands of resources.
 */
import services from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import debuggable from "@pulumi/pulumi/runtime/debuggable.js";

type TakeNote = <T>(promise: Promise<T>, context?: unknown) => Promise<T>;

/** Internal to the SDK, and left out of its types. */
const internal = debuggable as unknown as { debuggablePromise: TakeNote };
const takeNote = internal.debuggablePromise;

/**
 * The SDK notes for each of its promises, more than a hundred per resource, where it was made. Only its
 * search for leaked promises shows that, which this engine does not offer; without it a program of
 * thousands of resources needs less than half the time.
 */
internal.debuggablePromise = (promise) => {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return takeNote(promise);
  } finally {
    Error.stackTraceLimit = limit;
  }
};

type Answered = (error: unknown, response: unknown) => void;
type Register = (request: unknown, answered: Answered) => void;

/** As many registrations as are under way at a time: each costs both sides an HTTP/2 stream. */
const REGISTRATIONS = 256;

const client = services.ResourceMonitorClient.prototype as unknown as {
  registerResource: Register;
};
const register = client.registerResource;
let free = REGISTRATIONS;
const waiting: (() => void)[] = [];

/**
 * The SDK sends all registrations at once. The rest wait here for an answer to one of the first: none is
 * held up, for what a registration waits for was answered before it is sent.
 */
client.registerResource = function (request, answered) {
  const send = (): void =>
    register.call(this, request, (error, response) => {
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
