/**
 * A container registry as far as a Docker daemon needs one to push and pull (OCI distribution 2),
 * on a loopback port, which daemons trust without TLS.
 */
import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";

interface Stored {
  readonly file: string;
  readonly type: string;
  readonly digest: string;
}

const UPLOADS = /^\/v2\/(.+)\/blobs\/uploads\/$/;
const UPLOAD = /^\/v2\/.+\/blobs\/uploads\/([\w-]+)$/;
const BLOB = /^\/v2\/.+\/blobs\/(sha256:[0-9a-f]{64})$/;
const MANIFEST = /^\/v2\/(.+\/manifests\/.+)$/;

export class Registry {
  readonly #folder: string;
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  readonly #blobs = new Map<string, Stored>();
  readonly #manifests = new Map<string, Stored>();
  /** When set, what `Authorization` must be. */
  readonly #authorization: string | undefined;

  private constructor(folder: string, authorization: string | undefined) {
    this.#folder = folder;
    this.#authorization = authorization;
  }

  /** @param login `user:password` that every request must carry */
  static async start(login?: string): Promise<Registry> {
    const authorization = login && `Basic ${Buffer.from(login).toString("base64")}`;
    const registry = new Registry(await mkdtemp(path.join(tmpdir(), "registry-")), authorization);
    registry.#server.listen(0, "127.0.0.1");
    await once(registry.#server, "listening");
    return registry;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What is stored under `repository` and a tag or digest, if anything is. */
  manifest(repository: string, reference: string): { readonly digest: string } | undefined {
    return this.#manifests.get(`${repository}/manifests/${reference}`);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
    await rm(this.#folder, { recursive: true });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", `http://${this.host}`);
    const [, upload] = UPLOAD.exec(pathname) ?? [];
    const [, blob = ""] = BLOB.exec(pathname) ?? [];
    const [, manifest] = MANIFEST.exec(pathname) ?? [];
    if (
      this.#authorization !== undefined &&
      request.headers.authorization !== this.#authorization
    ) {
      response.writeHead(401, { "WWW-Authenticate": 'Basic realm="test"' }).end();
    } else if (UPLOADS.test(pathname)) {
      const location = pathname + randomUUID();
      response.writeHead(202, { Location: location, Range: "0-0" }).end();
    } else if (upload !== undefined) {
      await this.#receive(request, response, upload, searchParams.get("digest"));
    } else if (manifest !== undefined && request.method === "PUT") {
      await this.#putManifest(request, response, manifest);
    } else if (pathname === "/v2/") {
      response.end("{}");
    } else {
      const stored = manifest === undefined ? this.#blobs.get(blob) : this.#manifests.get(manifest);
      await send(request, response, stored);
    }
  }

  /** Appends to an upload; with a digest the upload is complete. */
  async #receive(
    request: IncomingMessage,
    response: ServerResponse,
    upload: string,
    digest: string | null,
  ): Promise<void> {
    const partial = path.join(this.#folder, upload);
    await pipeline(request, createWriteStream(partial, { flags: "a" }));
    if (digest === null) {
      const { size } = await stat(partial);
      const headers = { Location: request.url, Range: `0-${size - 1}` };
      response.writeHead(202, headers).end();
      return;
    }
    const file = path.join(this.#folder, digest);
    await rename(partial, file);
    this.#blobs.set(digest, { file, type: "application/octet-stream", digest });
    response.writeHead(201, { "Docker-Content-Digest": digest }).end();
  }

  async #putManifest(
    request: IncomingMessage,
    response: ServerResponse,
    manifest: string,
  ): Promise<void> {
    const content = await buffer(request);
    const digest = `sha256:${createHash("sha256").update(content).digest("hex")}`;
    const file = path.join(this.#folder, digest);
    await writeFile(file, content);
    const stored = { file, type: request.headers["content-type"] ?? "", digest };
    this.#manifests.set(manifest, stored);
    this.#manifests.set(manifest.replace(/[^/]+$/, digest), stored);
    response.writeHead(201, { "Docker-Content-Digest": digest }).end();
  }
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  stored: Stored | undefined,
): Promise<void> {
  if (stored === undefined) {
    response.writeHead(404, { "Content-Type": "application/json" }).end('{"errors":[]}');
    return;
  }
  const { size } = await stat(stored.file);
  response.writeHead(200, {
    "Content-Type": stored.type,
    "Content-Length": size,
    "Docker-Content-Digest": stored.digest,
  });
  if (request.method === "HEAD") response.end();
  else await pipeline(createReadStream(stored.file), response);
}
