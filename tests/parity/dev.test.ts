/**
 * The dev stack on the Pulumi CLI with its own providers, then on the embedded engine: what they plan,
 * record and make is the same but for what is known and meant.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import Dockerode from "dockerode";
import { inject } from "vitest";
import { parse, stringify } from "yaml";
import { ensureBaseImage } from "../../cli/images/base-image.ts";
import { ensureStackSecret } from "../../cli/stack/initialisation.ts";
import { removeTaggedImages } from "../support/docker/tagged-images.ts";
import { buildUiStandIn } from "../support/docker/ui-stand-in.ts";
import { devChanges, devMade } from "./dev-changes.ts";
import { dockerObjects, dockerIds } from "./looks/docker.ts";
import { kafkaObjects } from "./looks/kafka.ts";
import { describeParity } from "./parity.ts";
import { StackFiles } from "./stack-files.ts";

const NAME = "kafka-parity";
const STACK = "parity";
const PASSPHRASE = "a passphrase for tests";
const PORTS = { client: 26092, metrics: 26404, ui: 26080 };
const UI_IMAGE = `${NAME}/ui-stand-in:test`;
const CACHE = path.resolve(import.meta.dirname, "../../.kafka-platform/cache");

interface Outputs {
  readonly bootstrapServers: string;
  readonly admin: { readonly username: string; readonly password: string };
}

let files: StackFiles | undefined;

async function begin(): Promise<StackFiles> {
  const docker = new Dockerode();
  const base = await ensureBaseImage({ docker, report: () => undefined, cacheDir: CACHE });
  buildUiStandIn(UI_IMAGE);
  files = new StackFiles(STACK, PASSPHRASE);
  const dev = parse(readFileSync("Pulumi.dev.yaml", "utf8")) as { config: object };
  const config = {
    ...dev.config,
    "kafka-platform:cluster": {
      kind: "docker",
      name: NAME,
      clientPort: PORTS.client,
      metricsPort: PORTS.metrics,
      baseImage: base.baseImage,
      agentImage: base.agentImage,
    },
    "kafka-platform:ui": { port: PORTS.ui, image: UI_IMAGE },
    "kafka-platform:observability": { enabled: false },
  };
  writeFileSync(files.file, stringify({ config }));
  const stack = { name: STACK, file: files.file, localFile: "" };
  await ensureStackSecret(stack, { value: PASSPHRASE, source: "the test" }, files.file);
  return files;
}

/** Images stay when a stack goes, so that the next start is quick; a second engine's take their tags over. */
const removeImages = (repository: string): void => removeTaggedImages(`${NAME}/${repository}`);

function end(): Promise<void> {
  const { container, network, volume } = dockerIds(NAME);
  if (container.length > 0) spawnSync("docker", ["rm", "--force", "--volumes", ...container]);
  if (network.length > 0) spawnSync("docker", ["network", "rm", ...network]);
  if (volume.length > 0) spawnSync("docker", ["volume", "rm", ...volume]);
  removeImages("*");
  files?.checkout.remove();
  return Promise.resolve();
}

describeParity({
  stack: "dev",
  skip: () => inject("withoutPulumi"),
  begin,
  changes: devChanges,
  made: devMade,
  async look(outputs) {
    const { bootstrapServers: bootstrap, admin } = outputs as Outputs;
    return {
      ...(dockerObjects(NAME) as object),
      kafka: await kafkaObjects({ bootstrap, ...admin }),
    };
  },
  left() {
    removeImages("broker");
    return Promise.resolve(Object.values(dockerIds(NAME)).flat());
  },
  end,
});
