/** The container driver against a real Docker daemon: what it makes, changes and reads back. */
import { describe, expect, test } from "vitest";
import { containerDriver } from "../../../engine/drivers/docker/container.ts";
import { context } from "../../support/docker/docker-fixture.ts";
import { checked, failureOf } from "../../support/pulumi/driver-run.ts";
import { docker } from "./fixture.ts";

describe("a container", () => {
  test("has everything that was declared, and reads back without a difference", async () => {
    await docker.network("drv-test-net-a");
    const other = await docker.network("drv-test-net-b");
    await docker.volume("drv-test-vol");
    const state = await docker.container("drv-test-full", {
      entrypoints: ["/bin/busybox"],
      envs: ["B=2", "A=1"],
      hostname: "full",
      user: "1000:1000",
      groupAdds: ["2000"],
      restart: "on-failure",
      maxRetryCount: 2,
      memory: 64,
      memorySwap: 64,
      shmSize: 16,
      init: true,
      stopSignal: "SIGINT",
      stopTimeout: 3,
      logDriver: "json-file",
      logOpts: { "max-size": "1m" },
      tmpfs: { "/scratch": "size=1m" },
      capabilities: { adds: ["NET_ADMIN"], drops: ["ALL"] },
      securityOpts: ["no-new-privileges"],
      sysctls: { "net.core.somaxconn": "200" },
      ulimits: [{ name: "nofile", soft: 100, hard: 200 }],
      volumes: [
        { volumeName: "drv-test-vol", containerPath: "/data", readOnly: true },
        { containerPath: "/anonymous" },
      ],
      networksAdvanced: [
        { name: "drv-test-net-a", aliases: ["broker", "kafka"] },
        { name: other.id },
      ],
      ports: [
        { internal: 9092, external: 23001, ip: "127.0.0.1" },
        { internal: 80, ip: "127.0.0.1", external: 23002 },
      ],
      healthcheck: { tests: ["CMD", "true"], interval: "1m30s", timeout: "5s", retries: 4 },
    });
    const found = await docker.client.getContainer(state.id).inspect();
    expect(found.Config).toMatchObject({
      Hostname: "full",
      User: "1000:1000",
      Entrypoint: ["/bin/busybox"],
      Cmd: ["sleep", "600"],
      StopSignal: "SIGINT",
      StopTimeout: 3,
      Labels: { "drv-test": "1" },
      Healthcheck: { Test: ["CMD", "true"], Interval: 90e9, Timeout: 5e9, Retries: 4 },
    });
    expect(found.Config.Env).toEqual(expect.arrayContaining(["A=1", "B=2"]));
    expect(found.HostConfig).toMatchObject({
      RestartPolicy: { Name: "on-failure", MaximumRetryCount: 2 },
      Memory: 64 * 1024 ** 2,
      MemorySwap: 64 * 1024 ** 2,
      ShmSize: 16 * 1024 ** 2,
      Init: true,
      GroupAdd: ["2000"],
      LogConfig: { Type: "json-file", Config: { "max-size": "1m" } },
      Tmpfs: { "/scratch": "size=1m" },
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      Sysctls: { "net.core.somaxconn": "200" },
      Ulimits: [{ Name: "nofile", Soft: 100, Hard: 200 }],
      Binds: ["drv-test-vol:/data:ro"],
      PortBindings: {
        "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "23002" }],
        "9092/tcp": [{ HostIp: "127.0.0.1", HostPort: "23001" }],
      },
    });
    const networks = found.NetworkSettings.Networks;
    expect(Object.keys(networks).sort()).toEqual(["drv-test-net-a", "drv-test-net-b"]);
    expect(networks["drv-test-net-a"]?.Aliases).toEqual(
      expect.arrayContaining(["broker", "kafka"]),
    );
    expect(await docker.run(state.id, "cat", "/proc/sys/net/core/somaxconn")).toBe("200");

    expect(state.outputs["networkDatas"]).toMatchObject([
      { networkName: "drv-test-net-a", ipAddress: networks["drv-test-net-a"]?.IPAddress },
      { networkName: "drv-test-net-b", ipAddress: networks["drv-test-net-b"]?.IPAddress },
    ]);
    expect(state.outputs["ports"]).toEqual([
      { internal: 80, external: 23002, ip: "127.0.0.1", protocol: "tcp" },
      { internal: 9092, external: 23001, ip: "127.0.0.1", protocol: "tcp" },
    ]);
    expect("exitCode" in state.outputs).toBe(false);
    await docker.unchanged(containerDriver, state);

    const anonymous = found.Mounts.find((mount) => mount.Destination === "/anonymous")?.Name ?? "";
    await containerDriver.delete(docker.client, state, context);
    expect(await containerDriver.read(docker.client, state, context)).toBeUndefined();
    expect(await failureOf(docker.client.getVolume(anonymous).inspect())).toContain(
      "no such volume",
    );
    await containerDriver.delete(docker.client, state, context);
  });

  test("joins a network given by its id, found there by its aliases", async () => {
    const network = await docker.network("drv-test-net");
    const networksAdvanced = [{ name: network.id, aliases: ["drv-test-alias"] }];
    const state = await docker.container("drv-test-joined", { networksAdvanced });
    const { Networks } = (await docker.client.getContainer(state.id).inspect()).NetworkSettings;
    expect(Object.values(Networks).map((each) => each.NetworkID)).toEqual([network.id]);
    const peer = await docker.container("drv-test-peer", {
      networksAdvanced: [{ name: network.id }],
    });
    expect(await docker.run(peer.id, "nslookup", "drv-test-alias")).toContain(
      String(Object.values(Networks)[0]?.IPAddress),
    );
    await docker.unchanged(containerDriver, state);
  });

  test("takes the port Docker chose into its outputs, not its inputs", async () => {
    const state = await docker.container("drv-test-port", {
      ports: [{ internal: 80, ip: "127.0.0.1" }],
    });
    const found = await docker.client.getContainer(state.id).inspect();
    const chosen = Number(found.NetworkSettings.Ports["80/tcp"]?.[0]?.HostPort);
    expect(state.outputs["ports"]).toEqual([
      { internal: 80, external: chosen, ip: "127.0.0.1", protocol: "tcp" },
    ]);
    await docker.unchanged(containerDriver, state);
  });

  test("uploads files with their content, mode and owner before it starts", async () => {
    const state = await docker.container("drv-test-upload", {
      command: ["sh", "-c", "cat /etc/kafka/plain > /tmp/seen; sleep 600"],
      uploads: [
        { file: "/etc/kafka/plain", content: "größe\n" },
        { file: "/etc/kafka/run.sh", content: "#!/bin/sh\n", executable: true },
        { file: "/etc/kafka/key", contentBase64: "AAEC/w==", permissions: "0400" },
        { file: "/etc/kafka/own", content: "x", permissions: "0400", owner: "1000", group: "1001" },
      ],
    });
    const stat = (file: string) =>
      docker.run(state.id, "stat", "-c", "%a %u %g %s", `/etc/kafka/${file}`);
    expect(await stat("plain")).toBe("644 0 0 8");
    expect(await stat("run.sh")).toBe("744 0 0 10");
    expect(await stat("key")).toBe("400 0 0 4");
    expect(await stat("own")).toBe("400 1000 1001 1");
    expect(await docker.run(state.id, "stat", "-c", "%a %u %g", "/etc/kafka")).toBe("755 0 0");
    expect(await docker.run(state.id, "cat", "/tmp/seen")).toBe("größe");
    expect(state.outputs["uploads"]).toEqual(state.inputs["uploads"]);
    await docker.unchanged(containerDriver, state);
  });

  test("is deleted once its process has had destroyGraceSeconds to finish", async () => {
    await docker.volume("drv-test-vol");
    const volumes = [{ volumeName: "drv-test-vol", containerPath: "/data" }];
    const state = await docker.container("drv-test-graceful", {
      volumes,
      destroyGraceSeconds: 10,
      command: ["sh", "-c", "trap 'echo bye > /data/last; exit' TERM; while :; do sleep 0.1; done"],
    });
    await containerDriver.delete(docker.client, state, context);
    const reader = await docker.container("drv-test-reader", { volumes });
    expect(await docker.run(reader.id, "cat", "/data/last")).toBe("bye");
  });

  test("is changed in place in what Docker can change, and in nothing else", async () => {
    const state = await docker.container("drv-test-update", { memory: 64 });
    const inputs = checked(containerDriver, {
      ...state.inputs,
      memory: 256,
      restart: "unless-stopped",
      destroyGraceSeconds: 1,
    });
    expect(containerDriver.diff(state, inputs)).toEqual({
      changed: ["restart", "memory", "destroyGraceSeconds"],
      replace: [],
    });
    const outputs = await containerDriver.update(docker.client, state, inputs, context);
    const found = await docker.client.getContainer(state.id).inspect();
    expect(found.HostConfig).toMatchObject({
      RestartPolicy: { Name: "unless-stopped" },
      Memory: 256 * 1024 ** 2,
    });
    await docker.unchanged(containerDriver, { id: state.id, inputs, outputs });
  });

  test("that was stopped by hand shows mustRun false in a refresh, and an update starts it again", async () => {
    const state = await docker.container("drv-test-stopped");
    await docker.client.getContainer(state.id).stop({ t: 0 });
    const read = await containerDriver.read(docker.client, state, context);
    expect(read?.inputs).toEqual({ ...state.inputs, mustRun: false });
    expect(read?.outputs["exitCode"]).toBe(137);
    if (read === undefined) return;
    expect(containerDriver.diff(read, state.inputs)).toEqual({ changed: ["mustRun"], replace: [] });
    const outputs = await containerDriver.update(docker.client, read, state.inputs, context);
    expect((await docker.client.getContainer(state.id).inspect()).State.Running).toBe(true);
    expect("exitCode" in outputs).toBe(false);
  });

  test("that was paused by hand is down, and an update lets it go on", async () => {
    const state = await docker.container("drv-test-paused");
    await docker.client.getContainer(state.id).pause();
    const read = await containerDriver.read(docker.client, state, context);
    expect(read?.down).toBe("was paused");
    expect(read?.inputs).toEqual({ ...state.inputs, mustRun: false });
    if (read === undefined) return;
    await containerDriver.update(docker.client, read, state.inputs, context);
    const { State } = await docker.client.getContainer(state.id).inspect();
    expect(State).toMatchObject({ Running: true, Paused: false });
  });

  test("that was stopped and has lost its network is to be replaced", async () => {
    const { id } = await docker.network("drv-test-lost");
    const networksAdvanced = [{ name: "drv-test-lost" }];
    const state = await docker.container("drv-test-unplugged", { networksAdvanced });
    await docker.client.getContainer(state.id).stop({ t: 0 });
    await docker.client.getNetwork(id).remove();
    const read = await containerDriver.read(docker.client, state, context);
    expect(read?.inputs["networksAdvanced"]).toEqual([]);
    if (read === undefined) return;
    expect(containerDriver.diff(read, state.inputs).replace).toEqual(["networksAdvanced"]);
  });

  test("that is stopped is no drift where it need not run", async () => {
    const idle = await docker.container("drv-test-idle", { mustRun: false });
    await docker.client.getContainer(idle.id).stop({ t: 0 });
    const read = await containerDriver.read(docker.client, idle, context);
    expect(read?.inputs).toEqual(idle.inputs);
    const unstarted = await docker.container("drv-test-unstarted", { start: false });
    expect((await docker.client.getContainer(unstarted.id).inspect()).State.Status).toBe("created");
    await docker.unchanged(containerDriver, unstarted);
  });

  test("shows in a refresh what was changed by hand: name, limits, restart policy, networks", async () => {
    await docker.network("drv-test-net");
    const state = await docker.container("drv-test-hand", {
      networksAdvanced: [{ name: "drv-test-net", aliases: ["one"] }],
    });
    const living = docker.client.getContainer(state.id);
    await living.update({
      RestartPolicy: { Name: "always" },
      Memory: 128 * 1024 ** 2,
      MemorySwap: 256 * 1024 ** 2,
    });
    await living.rename({ name: "drv-test-renamed" });
    await docker.client.getNetwork("drv-test-net").disconnect({ Container: state.id });
    const read = await containerDriver.read(docker.client, state, context);
    expect(read?.inputs).toEqual({
      ...state.inputs,
      name: "drv-test-renamed",
      restart: "always",
      memory: 128,
      networksAdvanced: [],
    });
    await living.update({ RestartPolicy: { Name: "no" } });
  });

  test("that was removed by hand is gone in a refresh", async () => {
    const state = await docker.container("drv-test-gone");
    await docker.client.getContainer(state.id).remove({ force: true });
    expect(await containerDriver.read(docker.client, state, context)).toBeUndefined();
  });
});
