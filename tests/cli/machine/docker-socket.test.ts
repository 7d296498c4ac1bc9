import { expect, test } from "vitest";
import { missingDockerHost } from "../../../cli/machine/docker-socket.ts";

const HOME = "/home/dev";

test.each<[string, NodeJS.ProcessEnv, string[], string | undefined]>([
  [
    "the usual socket is there",
    {},
    ["/var/run/docker.sock", `${HOME}/.docker/run/docker.sock`],
    undefined,
  ],
  [
    "DOCKER_HOST says it",
    { DOCKER_HOST: "unix:///x" },
    [`${HOME}/.docker/run/docker.sock`],
    undefined,
  ],
  [
    "Docker Desktop's socket",
    {},
    [`${HOME}/.docker/run/docker.sock`],
    `unix://${HOME}/.docker/run/docker.sock`,
  ],
  [
    "a rootless daemon's socket",
    { XDG_RUNTIME_DIR: "/run/user/7" },
    ["/run/user/7/docker.sock"],
    "unix:///run/user/7/docker.sock",
  ],
  ["none at all", {}, [], undefined],
])("%s", (_, env, files, host) => {
  expect(missingDockerHost(env, HOME, (file) => files.includes(file))).toBe(host);
});
