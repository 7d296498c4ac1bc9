/** What the tests of the Docker drivers share: a client, an image, and that nothing stays behind. */
import type Dockerode from "dockerode";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Properties, ResourceDriver, ResourceState } from "../../../engine/drivers/driver.ts";
import { containerDriver } from "../../../engine/drivers/docker/container.ts";
import { networkDriver } from "../../../engine/drivers/docker/network.ts";
import { dockerProvider } from "../../../engine/drivers/docker/provider.ts";
import { volumeDriver } from "../../../engine/drivers/docker/volume.ts";
import { created, recordingContext } from "../pulumi/driver-run.ts";
import { importScratchImage, removeScratchImage } from "./scratch-image.ts";

/** On everything a test makes: what still carries it at the end was forgotten. */
export const LABEL = { label: "drv-test", value: "1" };
/** A container that stays until it is told to go, and goes at once. */
export const SLEEP = { command: ["sleep", "600"], destroyGraceSeconds: 0, labels: [LABEL] };

export const context = recordingContext();

/** Register once per test file, at its top level. */
export class DockerFixture {
  #client: Dockerode | undefined;
  imageId = "";
  /** What a test made, undone in reverse order even when it fails. */
  readonly undo: (() => Promise<unknown>)[] = [];

  constructor() {
    beforeAll(async () => {
      this.#client = await dockerProvider.connect({}, context);
      this.imageId = await importScratchImage(this.client);
    });
    afterEach(() => this.#undoAll());
    afterAll(() => this.#expectNothingLeft());
  }

  get client(): Dockerode {
    if (this.#client === undefined) throw new Error("the tests have not begun");
    return this.#client;
  }

  container(name: string, more: Properties = {}): Promise<ResourceState> {
    return this.make(containerDriver, { name, image: this.imageId, ...SLEEP, ...more });
  }

  network(name: string, more: Properties = {}): Promise<ResourceState> {
    return this.make(networkDriver, { name, labels: [LABEL], ...more });
  }

  volume(name: string, more: Properties = {}): Promise<ResourceState> {
    return this.make(volumeDriver, { name, labels: [LABEL], ...more });
  }

  async make(
    driver: ResourceDriver<Dockerode>,
    inputs: Properties,
    recording = context,
  ): Promise<ResourceState> {
    const state = await created(driver, this.client, inputs, recording);
    this.undo.push(async () => driver.delete(await this.nextRun(), state, context));
    return state;
  }

  /** The client of another run of the engine: an image is not deleted by the run that made it. */
  nextRun(): Promise<Dockerode> {
    return dockerProvider.connect({}, context);
  }

  /** What a command in a running container prints, with a terminal's line ends. */
  async run(id: string, ...command: string[]): Promise<string> {
    const exec = await this.client
      .getContainer(id)
      .exec({ Cmd: command, AttachStdout: true, AttachStderr: true, Tty: true });
    const chunks: Buffer[] = [];
    for await (const chunk of await exec.start({ Tty: true })) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString("utf8").trim();
  }

  /** A refresh finds exactly this state, and the next plan is empty. */
  async unchanged(driver: ResourceDriver<Dockerode>, state: ResourceState): Promise<void> {
    expect(await driver.read(this.client, state, context)).toEqual(state);
    expect(driver.diff(state, state.inputs)).toEqual({ changed: [], replace: [] });
  }

  async #undoAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.undo.splice(0).reverse()) {
      await step().catch((error: unknown) => failures.push(error));
    }
    expect(failures).toEqual([]);
  }

  async #expectNothingLeft(): Promise<void> {
    const filters = { label: [LABEL.label] };
    // A failed build leaves its finished steps as cache.
    await this.client.pruneImages({ filters: { ...filters, dangling: ["true"] } });
    const left = [
      ...(await this.client.listContainers({ all: true, filters })).flatMap((each) => each.Names),
      ...(await this.client.listNetworks({ filters })).map((each) => each.Name),
      ...(await this.client.listVolumes({ filters })).Volumes.map((each) => each.Name),
      ...(await this.client.listImages({ all: true, filters })).map((each) => each.Id),
    ];
    await removeScratchImage(this.client);
    expect(left).toEqual([]);
  }
}
