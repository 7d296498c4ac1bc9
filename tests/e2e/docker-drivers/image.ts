/** The image driver against a real Docker daemon. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Properties, ResourceState } from "../../../engine/drivers/driver.ts";
import { containerDriver } from "../../../engine/drivers/docker/container.ts";
import { imageDriver } from "../../../engine/drivers/docker/image.ts";
import { context } from "../../support/docker/docker-fixture.ts";
import { created, failureOf, recordingContext } from "../../support/pulumi/driver-run.ts";
import { SCRATCH_REFERENCE } from "../../support/docker/scratch-image.ts";
import { docker } from "./fixture.ts";

describe("an image", () => {
  const folder = mkdtempSync(join(tmpdir(), "drv-test-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  function contextOf(name: string, files: Readonly<Record<string, string>>): string {
    const root = join(folder, name);
    mkdirSync(root, { recursive: true });
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(root, path, ".."), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    return root;
  }

  const GOOD = {
    Dockerfile: `FROM ${SCRATCH_REFERENCE}\nARG GREETING=none\nCOPY . /app\nRUN echo $GREETING > /greeting\n`,
    ".dockerignore": "*\n!kept\n!folder/**\nfolder/secret\n",
    kept: "kept",
    left: "left",
    "folder/deep/file": "deep",
    "folder/secret": "secret",
  };

  const image = (inputs: Properties, recording = context): Promise<ResourceState> =>
    docker.make(imageDriver, inputs, recording);

  test("is built of a folder that is named from the project's, wherever the command runs", async () => {
    contextOf("relative", GOOD);
    const inside = { ...recordingContext(), projectDir: folder };
    const name = "drv-test-image:relative";
    const state = await image({ name, build: { context: "./relative" } }, inside);
    const found = await docker.client.getImage(name).inspect();
    expect(state.outputs["imageId"]).toBe(found.Id);
  });

  test("is built with arguments, labels and tags, and deleted with all its names", async () => {
    const recording = recordingContext();
    const state = await image(
      {
        name: "drv-test-image:1",
        build: {
          context: contextOf("good", GOOD),
          buildArgs: { GREETING: "hello" },
          labels: { "drv-test": "1" },
          tags: ["drv-test-image:also"],
        },
        triggers: { content: "abc" },
      },
      recording,
    );
    const found = await docker.client.getImage("drv-test-image:1").inspect();
    expect(state.outputs).toEqual({ ...state.inputs, imageId: found.Id, repoDigest: "" });
    expect(state.id).toBe(`${found.Id}drv-test-image:1`);
    expect(found.Config.Labels).toEqual({ "drv-test": "1" });
    expect([...found.RepoTags].sort()).toEqual(["drv-test-image:1", "drv-test-image:also"]);
    expect(recording.lines).toEqual([
      `Step 1/5 : FROM ${SCRATCH_REFERENCE}`,
      "Step 2/5 : ARG GREETING=none",
      "Step 3/5 : COPY . /app",
      "Step 4/5 : RUN echo $GREETING > /greeting",
      "Step 5/5 : LABEL drv-test=1",
    ]);
    await docker.unchanged(imageDriver, state);

    const user = await docker.container("drv-test-built", { image: found.Id });
    expect(
      await docker.run(user.id, "cat", "/greeting", "/app/kept", "/app/folder/deep/file"),
    ).toBe("hello\r\nkeptdeep");
    expect(await docker.run(user.id, "ls", "/app", "/app/folder")).toBe(
      "/app:\r\nfolder  kept\r\n\r\n/app/folder:\r\ndeep",
    );
    const later = await docker.nextRun();
    expect(await failureOf(imageDriver.delete(later, state, context))).toContain(
      "it is in use by container drv-test-built; remove that first, or set keepLocally",
    );
    await containerDriver.delete(docker.client, user, context);
    await imageDriver.delete(later, state, context);
    expect(await imageDriver.read(docker.client, state, context)).toBeUndefined();
    await imageDriver.delete(later, state, context);
  });

  test("whose build fails shows the step, its last lines and no image", async () => {
    const root = contextOf("failing", {
      Dockerfile: `FROM ${SCRATCH_REFERENCE}\nLABEL drv-test=1\nRUN echo fine\nRUN echo the reason; exit 7\n`,
    });
    const message = await failureOf(image({ name: "drv-test-image:2", build: { context: root } }));
    expect(message).toMatch(
      /^cannot build image "drv-test-image:2": Step 4\/4 : RUN echo the reason; exit 7: The command .* returned a non-zero code: 7\n/,
    );
    expect(message).toContain("the reason");
    expect(message).not.toContain("fine");
    expect(await docker.client.listImages({ filters: { reference: ["drv-test-image"] } })).toEqual(
      [],
    );
  });

  test("is given up with its containers when the build is interrupted", async () => {
    const root = contextOf("endless", {
      Dockerfile: `FROM ${SCRATCH_REFERENCE}\nLABEL drv-test=1\nRUN sleep 600\n`,
    });
    const interrupt = new AbortController();
    const recording = recordingContext(interrupt.signal);
    const building = image({ name: "drv-test-image:5", build: { context: root } }, recording);
    const message = failureOf(building);
    await expect
      .poll(() => recording.lines.at(-1), { timeout: 10_000 })
      .toBe("Step 3/3 : RUN sleep 600");
    interrupt.abort();
    expect(await message).toBe('cannot build image "drv-test-image:5": interrupted');
    const filters = { label: ["drv-test"] };
    await expect
      .poll(() => docker.client.listContainers({ all: true, filters }), { timeout: 10_000 })
      .toEqual([]);
  });

  test("without a context or a Dockerfile is refused with the path", async () => {
    expect(
      await failureOf(image({ name: "drv-test-image:2", build: { context: `${folder}/absent` } })),
    ).toContain(`build.context ${folder}/absent cannot be read`);
    const root = contextOf("empty", { file: "" });
    expect(await failureOf(image({ name: "drv-test-image:2", build: { context: root } }))).toBe(
      `there is no file Dockerfile in build.context ${root}`,
    );
  });

  test("whose tag was moved by hand shows in a read, and delete leaves the newcomer alone", async () => {
    const build = { context: contextOf("good", GOOD), labels: { "drv-test": "moved" } };
    const state = await image({ name: "drv-test-image:3", build });
    await docker.client.getImage(docker.imageId).tag({ repo: "drv-test-image", tag: "3" });
    docker.undo.push(() => docker.client.getImage("drv-test-image:3").remove());
    const read = await imageDriver.read(docker.client, state, context);
    expect(read?.outputs["imageId"]).toBe(docker.imageId);
    expect(read?.id).toBe(`${docker.imageId}drv-test-image:3`);
    await imageDriver.delete(await docker.nextRun(), state, context);
    expect((await docker.client.getImage("drv-test-image:3").inspect()).Id).toBe(docker.imageId);
    const old = state.id.slice(0, -"drv-test-image:3".length);
    expect(await failureOf(docker.client.getImage(old).inspect())).toContain("No such image");
  });

  test("stays when its replacement has built the very same one", async () => {
    const build = { context: contextOf("good", GOOD), labels: { "drv-test": "same" } };
    const first = await image({ name: "drv-test-image:4", build, triggers: { a: "1" } });
    const run = await docker.nextRun();
    const second = await created(imageDriver, run, {
      name: "drv-test-image:4",
      build,
      triggers: { a: "2" },
    });
    expect(second.id).toBe(first.id);
    await imageDriver.delete(run, first, context);
    expect((await docker.client.getImage("drv-test-image:4").inspect()).Id).toBe(
      second.outputs["imageId"],
    );
  });

  test("stays with keepLocally; without a build a local one is used as it is", async () => {
    const state = await created(imageDriver, docker.client, {
      name: SCRATCH_REFERENCE,
      keepLocally: true,
    });
    expect(state.outputs["imageId"]).toBe(docker.imageId);
    await imageDriver.delete(await docker.nextRun(), state, context);
    expect((await docker.client.getImage(SCRATCH_REFERENCE).inspect()).Id).toBe(docker.imageId);
  });

  test("that no registry gives is named in the failure", async () => {
    const name = "127.0.0.1:23999/drv-test/absent:1";
    expect(await failureOf(created(imageDriver, docker.client, { name }))).toMatch(
      /^cannot pull image "127\.0\.0\.1:23999\/drv-test\/absent:1": .*the daemon does not have it and its registry did not give it/,
    );
  });
});
