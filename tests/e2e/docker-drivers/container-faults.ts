/** The container driver against a real Docker daemon: waiting for health, and what is refused. */
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { containerDriver } from "../../../engine/drivers/docker/container.ts";
import { context, SLEEP } from "../../support/docker/docker-fixture.ts";
import { created, failureOf, recordingContext } from "../../support/pulumi/driver-run.ts";
import { SCRATCH_REFERENCE } from "../../support/docker/scratch-image.ts";
import { docker } from "./fixture.ts";

describe("waiting for health", () => {
  const healthcheck = { interval: "200ms", retries: 2, tests: ["CMD", "cat", "/tmp/ready"] };
  const waiting = { wait: true, waitTimeout: 20, healthcheck };

  async function absent(name: string): Promise<void> {
    expect(await docker.client.listContainers({ all: true, filters: { name: [name] } })).toEqual(
      [],
    );
  }

  test("returns once the container is healthy and reports each state", async () => {
    const recording = recordingContext();
    const inputs = {
      name: "drv-test-well",
      image: docker.imageId,
      ...SLEEP,
      ...waiting,
      command: ["sh", "-c", "sleep 1; touch /tmp/ready; sleep 600"],
    };
    const state = await created(containerDriver, docker.client, inputs, recording);
    docker.undo.push(() => containerDriver.delete(docker.client, state, context));
    expect((await docker.client.getContainer(state.id).inspect()).State.Health?.Status).toBe(
      "healthy",
    );
    expect(recording.lines[0]).toBe("waiting for health: starting");
  });

  test("gives up after waitTimeout with log and health output, uploads redacted", async () => {
    const message = await failureOf(
      docker.container("drv-test-ill", {
        ...waiting,
        waitTimeout: 2,
        uploads: [{ file: "/etc/secret", content: "pa55word-of-admin\n", permissions: "0400" }],
        command: ["sh", "-c", "echo password is $(cat /etc/secret); sleep 600"],
      }),
    );
    expect(message).toBe(
      [
        'container "drv-test-ill" did not become healthy: not within 2 s, still unhealthy',
        "last health check (exit code 1):",
        "  cat: can't open '/tmp/ready': No such file or directory",
        "last log lines:",
        "  password is [redacted]",
      ].join("\n"),
    );
    await absent("drv-test-ill");
  });

  test("stops early when the container exits, long before the timeout", async () => {
    const begin = Date.now();
    const message = await failureOf(
      docker.container("drv-test-exits", {
        ...waiting,
        command: ["sh", "-c", "echo out; echo err >&2; exit 3"],
      }),
    );
    expect(Date.now() - begin).toBeLessThan(10_000);
    expect(message).toMatch(
      /^container "drv-test-exits" did not become healthy: it exited, exit code 3\n/,
    );
    expect(message).toMatch(/last log lines:\n {2}(out\n {2}err|err\n {2}out)$/);
    await absent("drv-test-exits");
  });

  test("stops early when the restart policy only restarts it", async () => {
    const message = await failureOf(
      docker.container("drv-test-loops", { ...waiting, restart: "always", command: ["false"] }),
    );
    expect(message).toMatch(
      /^container "drv-test-loops" did not become healthy: it was restarted 3/,
    );
    await absent("drv-test-loops");
  });

  test("says so where the logging driver keeps nothing to read", async () => {
    const message = await failureOf(
      docker.container("drv-test-mute", { ...waiting, logDriver: "none", command: ["false"] }),
    );
    expect(message).toMatch(/last log lines:\n {2}\(cannot read its log: .*logging driver.*\)$/);
    await absent("drv-test-mute");
  });

  test("refuses to wait for a container without a health check", async () => {
    expect(await failureOf(docker.container("drv-test-unchecked", { wait: true }))).toContain(
      "neither it nor its image has a health check; declare healthcheck, or leave wait out",
    );
    await absent("drv-test-unchecked");
  });

  test("an interrupt ends the wait and leaves nothing", async () => {
    const interrupt = new AbortController();
    const inputs = { name: "drv-test-cut", image: docker.imageId, ...SLEEP, ...waiting };
    const creation = created(
      containerDriver,
      docker.client,
      inputs,
      recordingContext(interrupt.signal),
    );
    setTimeout(() => interrupt.abort(), 1000);
    expect(await failureOf(creation)).toBe(
      'interrupted while waiting for container "drv-test-cut" to become healthy',
    );
    await absent("drv-test-cut");
  });
});

describe("a container is refused in one sentence", () => {
  test("when its name is taken", async () => {
    const other = await docker.container("drv-test-taken", { image: SCRATCH_REFERENCE });
    expect(await failureOf(docker.container("drv-test-taken"))).toBe(
      `cannot create container "drv-test-taken": the name is taken by container ${other.id.slice(0, 12)} (image ${SCRATCH_REFERENCE}, running), which is not in this stack's state; remove it with "docker rm -f drv-test-taken" or rename it with "docker rename drv-test-taken NEW"`,
    );
  });

  test("when its port is taken by a container", async () => {
    const ports = [{ internal: 80, external: 23010, ip: "127.0.0.1" }];
    await docker.container("drv-test-holder", { ports });
    expect(await failureOf(docker.container("drv-test-late", { ports }))).toBe(
      'cannot start container "drv-test-late": port 127.0.0.1:23010 is taken by container drv-test-holder on the Docker host; stop that, or choose another external port',
    );
  });

  test("when its port is taken by a process", async () => {
    const server = createServer().listen(23011, "127.0.0.1");
    docker.undo.push(() => new Promise((done) => server.close(done)));
    const ports = [{ internal: 80, external: 23011, ip: "127.0.0.1" }];
    expect(await failureOf(docker.container("drv-test-late", { ports }))).toBe(
      'cannot start container "drv-test-late": port 127.0.0.1:23011 is taken by a process on the Docker host; stop that, or choose another external port',
    );
  });

  test("when its image or network does not exist", async () => {
    expect(await failureOf(docker.container("drv-test-none", { image: "drv-test-absent:1" }))).toBe(
      'cannot create container "drv-test-none": the daemon has no image "drv-test-absent:1"; declare it as a docker.RemoteImage and use its imageId, or load it first',
    );
    const first = { networksAdvanced: [{ name: "drv-test-absent" }] };
    expect(await failureOf(docker.container("drv-test-none", first))).toBe(
      'cannot start container "drv-test-none": there is no network "drv-test-absent"; declare it as a docker.Network and use its name',
    );
    await docker.network("drv-test-aaa");
    const second = { networksAdvanced: [{ name: "drv-test-aaa" }, { name: "drv-test-absent" }] };
    expect(await failureOf(docker.container("drv-test-none", second))).toBe(
      'cannot start container "drv-test-none": there is no network "drv-test-absent"; declare it as a docker.Network and use its name',
    );
  });
});
