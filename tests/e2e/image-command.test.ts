/** `npm run image`: the images of broker and exporter built, pushed to a registry, and named by digest in the stack file. */
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { Checkout } from "../support/project/checkout.ts";
import { Registry } from "../support/docker/registry.ts";

const LOGIN = "publisher:s3cretOfTheRegistry";
const NAME = /^(\S+):(4\.3\.1-[0-9a-f]{12}) (sha256:[0-9a-f]{64})$/m;
const EXPORTER = /^(\S+\/exporter):([0-9a-f]{12}) (sha256:[0-9a-f]{64})$/m;

const checkout = new Checkout();
const stackFile = path.join(checkout.folder, "Pulumi.prod.yaml");
const made: string[] = [];
let registry: Registry;

/** Not synchronous: the registry that the daemon talks to lives in this process. */
const docker = async (...args: readonly string[]): Promise<string> =>
  (await promisify(execFile)("docker", args)).stdout.trim();

/** The repository, tag and id that the command says it has built. */
function built(stdout: string, image = NAME): readonly [string, string, string] {
  const [, repository = "", tag = "", id = ""] = image.exec(stdout) ?? [];
  made.push(`${repository}:${tag}`);
  return [repository, tag, id];
}

/** The settings of the cluster, or of what watches it, in the text of a stack file. */
const settingsOf = (key: "cluster" | "observability", text: string): object =>
  (parse(text) as { config: Record<string, object> }).config[`kafka-platform:${key}`] ?? {};

beforeAll(async () => {
  registry = await Registry.start(LOGIN);
});
afterAll(async () => {
  await docker("image", "rm", "-f", ...made);
  await registry.stop();
  checkout.remove();
});

test("builds both images and says their names and ids", async () => {
  const { code, stdout, stderr } = await checkout.npm(["image"]);
  expect(code, stderr).toBe(0);
  for (const [image, name] of [
    [NAME, "kafka-platform/broker"],
    [EXPORTER, "kafka-platform/exporter"],
  ] as const) {
    const [repository, tag, id] = built(stdout, image);
    expect(repository).toBe(name);
    expect(await docker("image", "inspect", "-f", "{{.Id}}", `${repository}:${tag}`)).toBe(id);
  }
});

test("refuses a stack that takes no image from a registry before it builds anything", async () => {
  const { code, stdout, stderr } = await checkout.npm(["image", "--push", "x", "--stack", "dev"]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toBe(
    "error: Stack dev does not take its image from a registry: cluster.kind in " +
      `${path.join(checkout.folder, "Pulumi.dev.yaml")} is "docker", and only "kubernetes" does. ` +
      "Name another stack with --stack.\n",
  );
});

test("pushes by Docker's own login and writes the digests into the stack file", async () => {
  const prefix = `${registry.host}/team`;
  const before = readFileSync(stackFile, "utf8");
  const folder = path.join(checkout.folder, "docker-config");
  mkdirSync(folder);
  const push = () => checkout.npm(["image", "--push", prefix], { env: { DOCKER_CONFIG: folder } });

  const refused = await push();
  built(refused.stdout);
  built(refused.stdout, EXPORTER);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(`log in with \`docker login ${registry.host}\``);
  expect(readFileSync(stackFile, "utf8")).toBe(before);

  const auth = Buffer.from(LOGIN).toString("base64");
  writeFileSync(
    path.join(folder, "config.json"),
    JSON.stringify({ auths: { [registry.host]: { auth } } }),
  );
  const { code, stdout, stderr } = await push();
  expect(code, stderr).toBe(0);
  expect(stdout + stderr).not.toContain("s3cret");
  const [repository, tag, id] = built(stdout);
  expect(repository).toBe(`${prefix}/broker`);
  const reference = `${repository}@${registry.manifest("team/broker", tag)?.digest ?? ""}`;
  expect(stdout).toContain(`${reference} is now cluster.image in ${stackFile}`);
  const [exporters, exporterTag, exporterId] = built(stdout, EXPORTER);
  expect(exporters).toBe(`${prefix}/exporter`);
  const digest = registry.manifest("team/exporter", exporterTag)?.digest ?? "";
  const exporter = `${exporters}@${digest}`;
  expect(stdout).toContain(`${exporter} is now observability.exporter.image in ${stackFile}`);
  // Three lines more, and everything else as it was.
  const after = readFileSync(stackFile, "utf8");
  expect(settingsOf("cluster", after)).toEqual({
    ...settingsOf("cluster", before),
    image: reference,
  });
  expect(settingsOf("observability", after)).toEqual({
    ...settingsOf("observability", before),
    exporter: { image: exporter },
  });
  const written = [`    image: ${reference}\n`, `    exporter:\n      image: ${exporter}\n`];
  expect(written.reduce((text, lines) => text.replace(lines, ""), after)).toBe(before);
  expect(after).not.toBe(before);

  // What a node of the cluster will get is what was built here.
  for (const [name, tagged, built] of [
    [reference, `${repository}:${tag}`, id],
    [exporter, `${exporters}:${exporterTag}`, exporterId],
  ] as const) {
    await docker("image", "rm", tagged);
    await docker("--config", folder, "pull", "-q", name);
    made.push(name);
    expect(await docker("image", "inspect", "-f", "{{.Id}}", name)).toBe(built);
  }
});
