import { expect, test } from "vitest";
import { type Properties, UNKNOWN } from "../../../../engine/values/value.ts";
import { containerDriver } from "../../../../engine/drivers/docker/container.ts";

const MINIMAL = { name: "broker", image: "sha256:1" };
const DEFAULTS = {
  ...MINIMAL,
  networkMode: "bridge",
  readOnly: false,
  restart: "no",
  removeVolumes: true,
  start: true,
  mustRun: true,
  wait: false,
  waitTimeout: 60,
};

const reasons = (inputs: Properties): string[] =>
  containerDriver.check(inputs).failures.map((failure) => failure.reason);

test("fills the real provider's defaults in", () => {
  expect(containerDriver.check(MINIMAL)).toEqual({ inputs: DEFAULTS, failures: [] });
});

test("brings what is a set into one order, and leaves lists in theirs", () => {
  const { inputs } = containerDriver.check({
    ...MINIMAL,
    envs: ["B=2", "A=1"],
    command: ["z", "a"],
    ports: [
      { internal: 9092, external: 9092, ip: "127.0.0.1" },
      { internal: 53, protocol: "udp" },
    ],
    labels: [
      { label: "b", value: "1" },
      { label: "a", value: "2" },
    ],
  });
  expect(inputs).toEqual({
    ...DEFAULTS,
    envs: ["A=1", "B=2"],
    command: ["z", "a"],
    ports: [
      { internal: 53, ip: "0.0.0.0", protocol: "udp" },
      { internal: 9092, external: 9092, ip: "127.0.0.1", protocol: "tcp" },
    ],
    labels: [
      { label: "a", value: "2" },
      { label: "b", value: "1" },
    ],
  });
});

test("leaves out what is null", () => {
  expect(containerDriver.check({ ...MINIMAL, user: null, privileged: null }).inputs).toEqual(
    DEFAULTS,
  );
});

test("refuses unsupported properties by name, at any depth", () => {
  const { failures } = containerDriver.check({
    ...MINIMAL,
    privileged: true,
    healthcheck: { tests: ["CMD", "true"], startInterval: "1s" },
    uploads: [{ file: "/a", content: "x", source: "/b" }],
  });
  expect(failures.map((failure) => failure.property)).toEqual([
    "privileged",
    "uploads[0].source",
    "healthcheck.startInterval",
  ]);
  expect(failures[2]?.reason).toBe(
    "healthcheck.startInterval is not supported by the embedded engine: leave it out, or use the Pulumi CLI (supported here: tests, interval, timeout, startPeriod, retries)",
  );
});

test.each<[Properties, string]>([
  [{ image: "x" }, "name is required and was not given"],
  [{ name: "broker" }, "image is required and was not given"],
  [{ ...MINIMAL, name: "a b" }, 'name must be letters, digits, _ . - (two or more), not "a b"'],
  [
    { ...MINIMAL, restart: "never" },
    'restart must be one of no, on-failure, always, unless-stopped, not "never"',
  ],
  [{ ...MINIMAL, memory: 1.5 }, "memory must be a whole number of at least 0, not 1.5"],
  [{ ...MINIMAL, memorySwap: -2 }, "memorySwap must be a whole number of at least -1, not -2"],
  [{ ...MINIMAL, init: "yes" }, 'init must be true or false, not "yes"'],
  [{ ...MINIMAL, command: "sleep" }, 'command must be a list, not "sleep"'],
  [{ ...MINIMAL, tmpfs: ["/tmp"] }, "tmpfs must be a map, not a list"],
  [{ ...MINIMAL, healthcheck: ["CMD"] }, "healthcheck must be an object, not a list"],
  [
    { ...MINIMAL, ports: [{ internal: 0 }] },
    "ports[0].internal must be a whole number from 1 to 65535, not 0",
  ],
  [
    { ...MINIMAL, ports: [{ internal: 1, protocol: "icmp" }] },
    'ports[0].protocol must be one of tcp, udp, sctp, not "icmp"',
  ],
  [
    { ...MINIMAL, healthcheck: { interval: "10" } },
    'healthcheck.interval must be a duration such as "10s", not "10"',
  ],
  [
    { ...MINIMAL, volumes: [{ containerPath: "data" }] },
    'volumes[0].containerPath must be an absolute path, not "data"',
  ],
  [
    { ...MINIMAL, volumes: [{ containerPath: "/d", volumeName: "v", hostPath: "/h" }] },
    "volumes entry /d must not have both volumeName and hostPath",
  ],
  [
    { ...MINIMAL, uploads: [{ file: "/a", content: "x", permissions: "400" }] },
    'uploads[0].permissions must be an octal mode such as "0400", not "400"',
  ],
  [
    { ...MINIMAL, uploads: [{ file: "/a", content: "x", owner: "kafka" }] },
    'uploads[0].owner must be a numeric id, not "kafka"',
  ],
  [
    { ...MINIMAL, uploads: [{ file: "/a" }] },
    "uploads entry /a needs exactly one of content and contentBase64",
  ],
  [
    { ...MINIMAL, uploads: [{ file: "/a", content: "x", contentBase64: "eA==" }] },
    "uploads entry /a needs exactly one of content and contentBase64",
  ],
  [
    { ...MINIMAL, readOnly: true, uploads: [{ file: "/a", content: "x" }] },
    "uploads cannot be put into a container whose file system is readOnly",
  ],
  [
    { ...MINIMAL, networkMode: "host", networksAdvanced: [{ name: "kafka" }] },
    'networkMode must be left out with networksAdvanced, not be "host"',
  ],
  [
    { ...MINIMAL, wait: true, start: false },
    "wait needs start: a container that is not started never becomes healthy",
  ],
])("%j is refused", (inputs, reason) => {
  expect(reasons(inputs)).toEqual([reason]);
});

test("what may be secret is in no message", () => {
  const messages = reasons({
    ...MINIMAL,
    envs: ["hunter2"],
    uploads: [{ file: "/a", content: 4711, contentBase64: "not base64: hunter2" }],
  });
  expect(messages).toEqual([
    "envs[0] must be NAME=value",
    "uploads[0].content must be a string",
    "uploads[0].contentBase64 must be base64",
  ]);
});

test("what is not known yet passes, wherever it is, and stays unknown", () => {
  const inputs: Properties = {
    name: UNKNOWN,
    image: UNKNOWN,
    envs: ["B=2", UNKNOWN, "A=1"],
    networkMode: UNKNOWN,
    networksAdvanced: [{ name: UNKNOWN, aliases: UNKNOWN }],
    readOnly: UNKNOWN,
    uploads: [{ file: "/a", content: UNKNOWN }],
    volumes: [UNKNOWN],
    wait: UNKNOWN,
    start: false,
    healthcheck: UNKNOWN,
    tmpfs: UNKNOWN,
  };
  expect(containerDriver.check(inputs)).toEqual({
    inputs: {
      ...DEFAULTS,
      ...inputs,
      envs: ["A=1", "B=2", UNKNOWN],
      uploads: [{ file: "/a", content: UNKNOWN, executable: false }],
    },
    failures: [],
  });
});
