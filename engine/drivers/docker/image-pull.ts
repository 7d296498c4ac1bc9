/** Pulls an image from its registry, without credentials. */
import type Dockerode from "dockerode";
import type { OperationContext } from "../driver.ts";
import { ask, DaemonError } from "./daemon-errors.ts";
import { jsonLines } from "./json-lines.ts";

interface PullMessage {
  readonly status?: string;
  readonly id?: string;
  readonly error?: string;
}

/** @throws DaemonError when the registry cannot be reached or does not have the image */
export async function pullImage(
  client: Dockerode,
  name: string,
  platform: string | undefined,
  context: OperationContext,
): Promise<void> {
  const doing = `pull image "${name}"`;
  const remedy = `load it with "docker load", or build it with the property "build"`;
  const output = await ask(
    client,
    doing,
    // Without a tag Docker would pull every tag there is.
    client.pull(/[:@][^/]*$/.test(name) ? name : `${name}:latest`, {
      abortSignal: context.signal,
      ...(platform !== undefined && { platform }),
    }),
    ({ message }) =>
      `${message}; the daemon does not have it and its registry did not give it: ${remedy}`,
  );
  await ask(client, doing, follow(output, doing, context));
}

async function follow(
  output: NodeJS.ReadableStream,
  doing: string,
  { progress, signal }: OperationContext,
): Promise<void> {
  for await (const message of jsonLines<PullMessage>(output, signal)) {
    if (message.error !== undefined) throw new DaemonError(`cannot ${doing}: ${message.error}`);
    // Lines with an id are one layer's progress bar.
    if (message.status !== undefined && message.id === undefined) progress(message.status);
  }
}
