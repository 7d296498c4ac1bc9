import type Dockerode from "dockerode";
import { expect, test } from "vitest";
import {
  createOptions,
  updateOptions,
} from "../../../../engine/drivers/docker/container-config.ts";
import { judgeHealth } from "../../../../engine/drivers/docker/container-health.ts";
import type { containerTable } from "../../../../engine/drivers/docker/container-properties.ts";
import {
  containerOutputs,
  observedInputs,
  whyDown,
} from "../../../../engine/drivers/docker/container-state.ts";
import { containerDriver } from "../../../../engine/drivers/docker/container.ts";
import { known } from "../../../../engine/drivers/property-table.ts";
import { checked } from "../../../support/pulumi/driver-run.ts";

const MB = 1024 * 1024;
const MINIMAL = { name: "broker", image: "sha256:1" };

const argsOf = (more: object) =>
  known<typeof containerTable>(checked(containerDriver, { ...MINIMAL, ...more }));

function found(state: object, more: object = {}): Dockerode.ContainerInspectInfo {
  return {
    Id: "1",
    Name: "/broker",
    RestartCount: 0,
    Config: { Hostname: "1" },
    HostConfig: { RestartPolicy: { Name: "", MaximumRetryCount: 0 }, Memory: 0, MemorySwap: 0 },
    NetworkSettings: { Ports: {}, Networks: {} },
    State: { Status: "running", Running: true, ExitCode: 0, OOMKilled: false, ...state },
    ...more,
  } as unknown as Dockerode.ContainerInspectInfo;
}

test("a minimal container asks the daemon for nothing beyond what it says", () => {
  expect(createOptions(argsOf({}))).toEqual({
    name: "broker",
    Image: "sha256:1",
    Labels: {},
    ExposedPorts: {},
    Volumes: {},
    HostConfig: {
      NetworkMode: "bridge",
      PortBindings: {},
      Binds: [],
      RestartPolicy: { Name: "no", MaximumRetryCount: 0 },
      ReadonlyRootfs: false,
    },
  });
});

test("one internal port may be published twice, and on a port of Docker's choice", () => {
  const ports = [
    { internal: 80, external: 8080, ip: "127.0.0.1" },
    { internal: 80, ip: "10.0.0.1" },
  ];
  const options = createOptions(argsOf({ ports }));
  expect(options.ExposedPorts).toEqual({ "80/tcp": {} });
  expect(options.HostConfig?.PortBindings).toEqual({
    "80/tcp": [
      { HostIp: "127.0.0.1", HostPort: "8080" },
      { HostIp: "10.0.0.1", HostPort: "" },
    ],
  });
});

test("volumes are named, bound from the host, or anonymous", () => {
  const volumes = [
    { containerPath: "/a", volumeName: "data" },
    { containerPath: "/b", hostPath: "/srv", readOnly: true },
    { containerPath: "/c" },
  ];
  const options = createOptions(argsOf({ volumes }));
  expect(options.HostConfig?.Binds).toEqual(["data:/a:rw", "/srv:/b:ro"]);
  expect(options.Volumes).toEqual({ "/c": {} });
});

test("an update raises swap with memory, keeps unlimited swap, and leaves an unlimited container", () => {
  const RestartPolicy = { Name: "always", MaximumRetryCount: 0 };
  expect(updateOptions(argsOf({ restart: "always" }))).toEqual({ RestartPolicy });
  expect(updateOptions(argsOf({ restart: "always", memory: 10 }))).toEqual({
    RestartPolicy,
    Memory: 10 * MB,
    MemorySwap: 20 * MB,
  });
  expect(updateOptions(argsOf({ restart: "always", memory: 10, memorySwap: -1 }))).toEqual({
    RestartPolicy,
    Memory: 10 * MB,
    MemorySwap: -1,
  });
});

test("a container that runs as declared reads back as declared", () => {
  const inputs = checked(containerDriver, { ...MINIMAL, memory: 64, memorySwap: -1 });
  const HostConfig = { RestartPolicy: { Name: "no" }, Memory: 64 * MB, MemorySwap: -1 };
  expect(observedInputs(inputs, found({}, { HostConfig }))).toEqual(inputs);
});

test("stopped means mustRun false, unless it need not run or was never to start", () => {
  const stopped = found({ Status: "exited", Running: false, ExitCode: 7 });
  const mustRun = (more: object) =>
    observedInputs(checked(containerDriver, { ...MINIMAL, ...more }), stopped)["mustRun"];
  expect(mustRun({})).toBe(false);
  expect(mustRun({ mustRun: false })).toBe(false);
  expect(mustRun({ start: false })).toBe(true);
  expect(containerOutputs(MINIMAL, stopped)["exitCode"]).toBe(7);
  expect("exitCode" in containerOutputs(MINIMAL, found({}))).toBe(false);
});

test("a container that is to run is down when it has stopped, is paused, or has not become healthy", () => {
  const why = (more: object, state: object) =>
    whyDown(argsOf({ wait: true, ...more }), found(state));
  const sick = { Health: { Status: "unhealthy" } };
  expect(why({}, { Running: false })).toBe("had stopped");
  expect(why({}, { Paused: true })).toBe("was paused");
  expect(why({}, sick)).toBe("was not healthy (unhealthy)");
  expect(why({}, { Health: { Status: "healthy" } })).toBeUndefined();
  expect(why({}, {})).toBeUndefined();
  expect(why({ wait: false }, sick)).toBeUndefined();
  expect(why({ wait: false, start: false }, { Running: false })).toBeUndefined();
});

test("networks are recognised by name and by id; lost aliases and networks show", () => {
  const Networks = {
    kafka: { NetworkID: "abc", Aliases: ["broker", "1234567890ab"] },
    tools: { NetworkID: "def", Aliases: null },
  };
  const inputs = checked(containerDriver, {
    ...MINIMAL,
    networksAdvanced: [
      { name: "kafka", aliases: ["broker", "lost"] },
      { name: "def" },
      { name: "gone" },
    ],
  });
  const observed = observedInputs(inputs, found({}, { NetworkSettings: { Ports: {}, Networks } }));
  expect(observed["networksAdvanced"]).toEqual([
    { name: "def" },
    { name: "kafka", aliases: ["broker"] },
  ]);
});

test.each([
  [{ Health: { Status: "healthy" } }, 0, { state: "healthy" }],
  [{ Health: { Status: "starting" } }, 0, { state: "waiting", detail: "starting" }],
  [{ Health: { Status: "unhealthy" } }, 2, { state: "waiting", detail: "unhealthy" }],
  [
    { Status: "exited", ExitCode: 3, Health: { Status: "unhealthy" } },
    0,
    { state: "failed", reason: "it exited, exit code 3" },
  ],
  [
    { Status: "exited", ExitCode: 137, OOMKilled: true },
    0,
    {
      state: "failed",
      reason: "it exited, exit code 137, killed for exceeding its memory limit",
    },
  ],
  [
    { Status: "restarting", ExitCode: 1, Health: { Status: "starting" } },
    3,
    { state: "failed", reason: "it was restarted 3 times, last exit code 1" },
  ],
  [
    {},
    0,
    {
      state: "failed",
      reason: "neither it nor its image has a health check; declare healthcheck, or leave wait out",
    },
  ],
])("health %j after %d restarts is judged as %j", (state, RestartCount, verdict) => {
  expect(judgeHealth(found(state, { RestartCount }))).toEqual(verdict);
});
