import { expect, test } from "vitest";
import { type Properties, UNKNOWN, type Value } from "../../../../engine/values/value.ts";
import { containerDriver } from "../../../../engine/drivers/docker/container.ts";
import { checked } from "../../../support/pulumi/driver-run.ts";

const BASE: Properties = {
  name: "broker",
  image: "sha256:1",
  memory: 512,
  memorySwap: 1024,
  ports: [{ internal: 9092, external: 9092 }],
};

function diff(before: Properties, after: Properties) {
  const old = { id: "1", inputs: checked(containerDriver, before), outputs: {} };
  return containerDriver.diff(old, checked(containerDriver, after));
}

test("the same declaration, in another order, is no change", () => {
  const one = { ...BASE, envs: ["A=1", "B=2"], ports: [{ internal: 1 }, { internal: 2 }] };
  const two = { ...BASE, envs: ["B=2", "A=1"], ports: [{ internal: 2 }, { internal: 1 }] };
  expect(diff(one, two)).toEqual({ changed: [], replace: [] });
});

test.each<[string, Value]>([
  ["name", "other"],
  ["image", "sha256:2"],
  ["image", UNKNOWN],
  ["command", ["sleep"]],
  ["entrypoints", ["/bin/sh"]],
  ["envs", ["A=1"]],
  ["hostname", "kafka"],
  ["user", "1000"],
  ["groupAdds", ["1001"]],
  ["labels", [{ label: "a", value: "b" }]],
  ["ports", [{ internal: 9092, external: 9093 }]],
  ["networkMode", "host"],
  ["networksAdvanced", [{ name: "kafka" }]],
  ["volumes", [{ containerPath: "/data", volumeName: "data" }]],
  ["tmpfs", { "/tmp": "" }],
  ["uploads", [{ file: "/a", content: "b" }]],
  ["healthcheck", { tests: ["CMD", "true"] }],
  ["logDriver", "local"],
  ["logOpts", { "max-size": "1m" }],
  ["readOnly", true],
  ["capabilities", { drops: ["ALL"] }],
  ["securityOpts", ["no-new-privileges"]],
  ["init", true],
  ["ulimits", [{ name: "nofile", soft: 1, hard: 2 }]],
  ["shmSize", 64],
  ["sysctls", { "net.core.somaxconn": "1" }],
  ["stopSignal", "SIGINT"],
  ["stopTimeout", 30],
])("a change of %s replaces, old one first", (property, value) => {
  expect(diff(BASE, { ...BASE, [property]: value })).toEqual({
    changed: [property],
    replace: [property],
    deleteBeforeReplace: true,
  });
});

test.each<[string, Value]>([
  ["restart", "always"],
  ["maxRetryCount", 3],
  ["memory", 1024],
  ["memory", UNKNOWN],
  ["memorySwap", -1],
  ["destroyGraceSeconds", 30],
  ["removeVolumes", false],
  ["start", false],
  ["mustRun", false],
  ["wait", true],
  ["waitTimeout", 120],
])("a change of %s updates in place", (property, value) => {
  expect(diff(BASE, { ...BASE, [property]: value })).toEqual({ changed: [property], replace: [] });
});

test("a limit that is lifted replaces, since Docker lifts none on a living container", () => {
  const { memory, memorySwap, ...unlimited } = BASE;
  expect([memory, memorySwap]).toEqual([512, 1024]);
  expect(diff(BASE, unlimited)).toEqual({
    changed: ["memory", "memorySwap"],
    replace: ["memory", "memorySwap"],
    deleteBeforeReplace: true,
  });
});

test("updates and replacements are told apart in one diff", () => {
  expect(diff(BASE, { ...BASE, memory: 1024, image: "sha256:2" })).toEqual({
    changed: ["image", "memory"],
    replace: ["image"],
    deleteBeforeReplace: true,
  });
});

test("a preview of a creation knows the inputs, not what Docker decides", () => {
  const inputs = checked(containerDriver, {
    ...BASE,
    ports: [{ internal: 80 }, { internal: 90, external: 9000 }],
  });
  expect(containerDriver.plan(inputs, undefined)).toEqual({
    ...inputs,
    hostname: UNKNOWN,
    bridge: UNKNOWN,
    networkDatas: UNKNOWN,
    ports: [
      { internal: 80, external: UNKNOWN, ip: "0.0.0.0", protocol: "tcp" },
      { internal: 90, external: 9000, ip: "0.0.0.0", protocol: "tcp" },
    ],
  });
});

test("a preview of an update keeps what Docker decided", () => {
  const inputs = checked(containerDriver, { ...BASE, ports: [{ internal: 80 }] });
  const ports = [{ internal: 80, external: 32768, ip: "0.0.0.0", protocol: "tcp" }];
  const outputs = { ...inputs, ports, hostname: "h", bridge: "", networkDatas: [], exitCode: 1 };
  const after = checked(containerDriver, { ...inputs, memory: 1024 });
  expect(containerDriver.plan(after, { id: "1", inputs, outputs })).toEqual({
    ...after,
    ports,
    hostname: "h",
    bridge: "",
    networkDatas: [],
  });
});
