/**
 * Global setup of the tests on Docker: what the README tells its readers to type, once, for all files. In a
 * clean checkout, with what `npm ci` has installed, `npm start` installs Docker where there is none, makes or
 * pulls the base image, and starts the dev stack; only its name and its ports are others, so that a stack of
 * the user's is left alone. platform.test.ts judges what came of it, and goes on with it.
 */
import { spawn } from "node:child_process";
import Dockerode from "dockerode";
import type { TestProject } from "vitest/node";
import { onPath } from "../../cli/machine/host.ts";
import { buildTestImage, IMAGE } from "../images/broker-container.ts";
import { removeTaggedImages } from "../support/docker/tagged-images.ts";
import { Checkout, type Finished } from "../support/project/checkout.ts";
import { configure, NAME } from "./dev-stack.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly firstStart: { readonly folder: string; readonly finished: Finished };
  }
}

/** How long output is waited for once it has ended. */
const OUTPUT_MS = 5000;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const checkout = new Checkout();
  configure(checkout);
  const finished = await npmStart(checkout.folder);
  const docker = new Dockerode();
  // The broker image of every test: whoever builds it again is done at once while this one is there.
  if (finished.code === 0) await buildTestImage(docker);
  project.provide("firstStart", { folder: checkout.folder, finished });
  return async () => {
    await checkout.npm(["destroy", "--yes", "--stack", "dev", "--engine", "embedded"]);
    removeTaggedImages(`${NAME}/*`);
    removeTaggedImages(IMAGE);
    checkout.remove();
  };
}

/** As it is typed, where there is no Pulumi CLI, which would be preferred. */
async function npmStart(folder: string): Promise<Finished> {
  const engine = onPath("pulumi") ? ["--", "--engine", "embedded"] : [];
  const child = spawn("npm", ["start", ...engine], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
    // It takes minutes where Docker is missing.
    process.stderr.write(chunk);
  });
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once("close", resolve);
  // A daemon that it has started may keep its output open.
  child.once("exit", (code) => setTimeout(() => resolve(code), OUTPUT_MS));
  return { code: await promise, stdout, stderr };
}
