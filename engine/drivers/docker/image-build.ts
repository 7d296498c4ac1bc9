/** Builds an image with the daemon's own builder and follows its output step by step. */
import path from "node:path";
import type Dockerode from "dockerode";
import type { OperationContext } from "../driver.ts";
import { packBuildContext } from "./build-context.ts";
import { ask, DaemonError } from "./daemon-errors.ts";
import { jsonLines } from "./json-lines.ts";
import {
  flag,
  type Known,
  listOf,
  mapOf,
  optional,
  record,
  required,
  text,
} from "../property-rules.ts";

const fields = {
  /** Folder the Dockerfile copies from. */
  context: required(text()),
  /** Relative to the context; default Dockerfile. */
  dockerfile: optional(text()),
  buildArgs: optional(mapOf(text({ hidden: true }))),
  labels: optional(mapOf(text())),
  noCache: optional(flag),
  platform: optional(text()),
  /** Look for a newer base image even when there is a local one. */
  pullParent: optional(flag),
  /** Further names of the image. */
  tags: optional(listOf(text())),
  /** Stage of a multi-stage Dockerfile to stop at. */
  target: optional(text()),
};

export const build = record(fields);
type AllFields = Known<typeof fields>;
export type Build = Partial<AllFields> & Pick<AllFields, "context">;

/** How much of the failing step's output goes into the message. */
const SHOWN_LINES = 20;

interface BuildMessage {
  readonly stream?: string;
  readonly error?: string;
}

/** @throws DaemonError with the failing step and its last lines */
export async function buildImage(
  client: Dockerode,
  name: string,
  build: Build,
  context: OperationContext,
): Promise<void> {
  const { archive, dockerfile } = packBuildContext(
    path.resolve(context.projectDir, build.context),
    build.dockerfile ?? "Dockerfile",
  );
  const doing = `build image "${name}"`;
  const output = await ask(
    client,
    doing,
    client.buildImage(archive, {
      // The types know one name only; the API takes several.
      t: [name, ...(build.tags ?? [])] as unknown as string,
      dockerfile,
      rm: true,
      forcerm: true,
      abortSignal: context.signal,
      ...(build.buildArgs && { buildargs: build.buildArgs }),
      ...(build.labels && { labels: build.labels }),
      ...(build.noCache === true && { nocache: true }),
      ...(build.platform !== undefined && { platform: build.platform }),
      ...(build.pullParent === true && { pull: true }),
      ...(build.target !== undefined && { target: build.target }),
    }),
  );
  await ask(client, doing, follow(output, new BuildLog(doing, context.progress), context.signal));
}

async function follow(
  output: NodeJS.ReadableStream,
  log: BuildLog,
  signal: AbortSignal,
): Promise<void> {
  for await (const message of jsonLines<BuildMessage>(output, signal)) {
    log.add(message.stream ?? "");
    if (message.error !== undefined) throw log.failure(message.error);
  }
}

/** The builder's output, cut into steps. */
class BuildLog {
  readonly #doing: string;
  readonly #progress: (message: string) => void;
  #step = "before the first step";
  #lines: string[] = [];

  constructor(doing: string, progress: (message: string) => void) {
    this.#doing = doing;
    this.#progress = progress;
  }

  add(text: string): void {
    for (const line of text.split(/[\r\n]+/).filter((each) => each.trim() !== "")) {
      if (/^Step \d+\/\d+ : /.test(line)) {
        this.#step = line;
        this.#lines = [];
        this.#progress(line);
      } else {
        this.#lines.push(line);
      }
    }
  }

  failure(error: string): DaemonError {
    const tail = this.#lines.slice(-SHOWN_LINES).map((line) => `\n  ${line}`);
    const lines = tail.join("");
    return new DaemonError(`cannot ${this.#doing}: ${this.#step}: ${error.trim()}${lines}`);
  }
}
