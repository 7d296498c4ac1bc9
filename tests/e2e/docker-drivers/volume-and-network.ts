/** The provider, the network and the volume driver against a real Docker daemon. */
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { describe, expect, test, vi } from "vitest";
import { containerDriver } from "../../../engine/drivers/docker/container.ts";
import { networkDriver } from "../../../engine/drivers/docker/network.ts";
import { dockerProvider } from "../../../engine/drivers/docker/provider.ts";
import { volumeDriver } from "../../../engine/drivers/docker/volume.ts";
import { context, LABEL } from "../../support/docker/docker-fixture.ts";
import { failureOf } from "../../support/pulumi/driver-run.ts";
import { docker } from "./fixture.ts";

describe("a network", () => {
  test("is created, read without a difference, and deleted", async () => {
    const state = await docker.network("drv-test-net", { internal: true });
    expect(state.outputs).toEqual({
      name: "drv-test-net",
      labels: [LABEL],
      internal: true,
      driver: "bridge",
      scope: "local",
    });
    const found = await docker.client.getNetwork(state.id).inspect();
    expect([found.Name, found.Internal, found.Labels]).toEqual([
      "drv-test-net",
      true,
      { "drv-test": "1" },
    ]);
    await docker.unchanged(networkDriver, state);
    await networkDriver.delete(docker.client, state, context);
    expect(await networkDriver.read(docker.client, state, context)).toBeUndefined();
    await networkDriver.delete(docker.client, state, context);
  });

  test("refuses a name that is taken", async () => {
    await docker.network("drv-test-net");
    expect(await failureOf(docker.network("drv-test-net"))).toBe(
      'cannot create network "drv-test-net": a network of that name exists which is not in this stack\'s state; remove it with "docker network rm drv-test-net" or choose another name',
    );
  });

  test("is not deleted under a connected container", async () => {
    const state = await docker.network("drv-test-net");
    await docker.container("drv-test-user", { networksAdvanced: [{ name: "drv-test-net" }] });
    expect(await failureOf(networkDriver.delete(docker.client, state, context))).toBe(
      'cannot remove network "drv-test-net": these containers are still connected to it: drv-test-user; remove or disconnect them first',
    );
  });
});

describe("a volume", () => {
  test("is created, read without a difference, and deleted", async () => {
    const state = await docker.volume("drv-test-vol");
    expect(state.id).toBe("drv-test-vol");
    expect(state.outputs).toEqual({
      name: "drv-test-vol",
      labels: [LABEL],
      driver: "local",
      mountpoint: (await docker.client.getVolume("drv-test-vol").inspect()).Mountpoint,
    });
    await docker.unchanged(volumeDriver, state);
    await volumeDriver.delete(docker.client, state, context);
    expect(await volumeDriver.read(docker.client, state, context)).toBeUndefined();
    await volumeDriver.delete(docker.client, state, context);
  });

  test("adopts a retained volume with the declared labels, data included", async () => {
    await docker.volume("drv-test-vol");
    const mount = { volumes: [{ volumeName: "drv-test-vol", containerPath: "/data" }] };
    const writer = await docker.container("drv-test-writer", mount);
    await docker.run(writer.id, "sh", "-c", "echo kept > /data/file");
    await containerDriver.delete(docker.client, writer, context);
    await docker.volume("drv-test-vol");
    const reader = await docker.container("drv-test-reader", mount);
    expect(await docker.run(reader.id, "cat", "/data/file")).toBe("kept");
  });

  test("refuses a volume of that name without the declared labels", async () => {
    await docker.client.createVolume({ Name: "drv-test-foreign" });
    docker.undo.push(() => docker.client.getVolume("drv-test-foreign").remove());
    expect(await failureOf(docker.volume("drv-test-foreign"))).toBe(
      'cannot create volume "drv-test-foreign": a volume of that name exists without the declared labels (drv-test=1), so it is not this program\'s; remove it with "docker volume rm drv-test-foreign" if its data is not needed, or choose another name',
    );
  });

  test("is not deleted under a container, which the message names", async () => {
    const state = await docker.volume("drv-test-vol");
    const mount = { volumes: [{ volumeName: "drv-test-vol", containerPath: "/data" }] };
    await docker.container("drv-test-b", mount);
    const stopped = await docker.container("drv-test-a", mount);
    await docker.client.getContainer(stopped.id).stop({ t: 0 });
    expect(await failureOf(volumeDriver.delete(docker.client, state, context))).toBe(
      'cannot remove volume "drv-test-vol": it is in use by containers drv-test-a, drv-test-b; remove them first, the data stays until then',
    );
  });
});

describe("the provider", () => {
  test("says where no daemon answers", async () => {
    expect(
      await failureOf(
        dockerProvider.connect({ host: "unix:///tmp/drv-test-absent.sock" }, context),
      ),
    ).toBe(
      "cannot use Docker: the Docker daemon at unix:///tmp/drv-test-absent.sock cannot be reached, there is no such socket; start Docker, or point DOCKER_HOST at the daemon",
    );
    expect(
      await failureOf(dockerProvider.connect({ host: "tcp://127.0.0.1:23998" }, context)),
    ).toBe(
      "cannot use Docker: the Docker daemon at tcp://127.0.0.1:23998 cannot be reached, nothing listens there; start Docker, or point DOCKER_HOST at the daemon",
    );
  });

  test("reaches the daemon by loopback TCP, from the argument or from DOCKER_HOST", async () => {
    const { socketPath } = docker.client.modem as unknown as { socketPath: string };
    const open: Socket[] = [];
    const forward = createServer((inbound) => {
      open.push(inbound);
      const outbound = connect(socketPath);
      inbound.pipe(outbound).pipe(inbound);
    });
    await once(forward.listen(23997, "127.0.0.1"), "listening");
    docker.undo.push(() => {
      for (const socket of open) socket.destroy();
      return new Promise((done) => forward.close(done));
    });
    const host = "tcp://127.0.0.1:23997";
    const { ID } = (await docker.client.info()) as { ID: string };
    for (const [config, variable] of [
      [{ host }, "unix:///tmp/drv-test-absent.sock"],
      [{}, host],
    ] as const) {
      vi.stubEnv("DOCKER_HOST", variable);
      const client = await dockerProvider.connect(config, context);
      expect(await client.info()).toMatchObject({ ID });
    }
    vi.stubEnv("DOCKER_HOST", "ssh://host");
    expect(await failureOf(dockerProvider.connect({}, context))).toBe(
      'DOCKER_HOST must be unix:///path/to/docker.sock or tcp://127.0.0.1:PORT, not "ssh://host": the embedded engine does not connect by ssh',
    );
    vi.unstubAllEnvs();
  });
});
