import { expect, test } from "vitest";
import { parseHost } from "../../../../engine/drivers/docker/host.ts";
import { dockerProvider } from "../../../../engine/drivers/docker/provider.ts";

test("drives the four types of the program", () => {
  expect(dockerProvider.name).toBe("docker");
  expect(dockerProvider.resources.map((driver) => driver.type)).toEqual([
    "docker:index/network:Network",
    "docker:index/volume:Volume",
    "docker:index/remoteImage:RemoteImage",
    "docker:index/container:Container",
  ]);
});

test("accepts a socket or loopback, and no address at all", () => {
  expect(dockerProvider.check({})).toEqual({ inputs: {}, failures: [] });
  const host = "unix:///var/run/docker.sock";
  expect(dockerProvider.check({ host })).toEqual({ inputs: { host }, failures: [] });
  expect(parseHost("unix:///run/my%20docker.sock")).toEqual({
    options: {
      socketPath: "/run/my docker.sock",
      host: undefined,
      port: undefined,
      protocol: "http",
    },
  });
  expect(parseHost("tcp://127.0.0.1:2375")).toEqual({
    options: { socketPath: undefined, host: "127.0.0.1", port: "2375", protocol: "http" },
  });
});

test.each([
  ["ssh://host", "the embedded engine does not connect by ssh"],
  ["tcp://10.0.0.1:2375", "plain TCP to another machine is not encrypted"],
  ["tcp://127.0.0.1.example.org:2375", "plain TCP to another machine is not encrypted"],
  ["tcp://127.0.0.1", "the port is missing"],
  ["unix://", "the socket's path is missing"],
  ["/var/run/docker.sock", "that is no address"],
])("refuses %s", (host, why) => {
  const reason = `host must be unix:///path/to/docker.sock or tcp://127.0.0.1:PORT, not "${host}": ${why}`;
  expect(dockerProvider.check({ host }).failures).toEqual([{ property: "host", reason }]);
});

test("refuses other arguments by name", () => {
  const { failures } = dockerProvider.check({
    registryAuth: '[{"address":"r","password":"p"}]',
    certPath: "/c",
  });
  expect(failures.map((failure) => failure.property)).toEqual(["registryAuth", "certPath"]);
  expect(failures[0]?.reason).toBe(
    "registryAuth is not supported by the embedded engine: leave it out, or use the Pulumi CLI (supported here: host)",
  );
});
