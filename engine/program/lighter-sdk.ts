/** What makes the SDK bear thousands of resources. Internals of it: where there are none, nothing is done. */

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

/**
 * The SDK tells the engine three times for each resource how far it is, one call after the other. This
 * engine shows no debug messages, so none is sent.
 */
export function withoutDebugMessages(log: { debug?: unknown }): void {
  if (typeof log.debug === "function") log.debug = () => Promise.resolve();
}
