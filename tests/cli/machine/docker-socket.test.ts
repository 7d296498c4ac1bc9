import { expect, test } from "vitest";
import { missingDockerHost } from "../../../cli/machine/docker-socket.ts";

const HOME = "/home/dev";

test.each<[string, NodeJS.ProcessEnv, string[], string | undefined]>([
  [
    "nothing is set where the usual socket is there",
    {},
    ["/var/run/docker.sock", `${HOME}/.docker/run/docker.sock`],
    undefined,
  ],
  [
    "nothing is set where DOCKER_HOST says it",
    { DOCKER_HOST: "unix:///x" },
    [`${HOME}/.docker/run/docker.sock`],
    undefined,
  ],
  [
    "Docker Desktop's socket is found",
    {},
    [`${HOME}/.docker/run/docker.sock`],
    `unix://${HOME}/.docker/run/docker.sock`,
  ],
  [
    "a rootless daemon's socket is found",
    { XDG_RUNTIME_DIR: "/run/user/7" },
    ["/run/user/7/docker.sock"],
    "unix:///run/user/7/docker.sock",
  ],
  ["nothing is set where there is no socket at all", {}, [], undefined],
])("%s", (_, env, files, host) => {
  expect(missingDockerHost(env, HOME, (file) => files.includes(file))).toBe(host);
});
