/** What an address of this machine answers; undefined where nothing does, or it says that it is not well. */
export async function getText(url: string): Promise<string | undefined> {
  try {
    // A connection kept open would keep this process waiting for it at its end.
    const headers = { connection: "close" };
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}
