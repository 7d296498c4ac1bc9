/** Reads the daemon's progress streams: one JSON object a line, for builds and pulls. */

/** @throws AbortError once `signal` is aborted, whatever the cut connection itself says */
export async function* jsonLines<T>(
  stream: NodeJS.ReadableStream,
  signal: AbortSignal,
): AsyncGenerator<T> {
  try {
    yield* linesOf<T>(stream);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

async function* linesOf<T>(stream: NodeJS.ReadableStream): AsyncGenerator<T> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") yield JSON.parse(line) as T;
  }
  if (rest.trim() !== "") yield JSON.parse(rest) as T;
}
