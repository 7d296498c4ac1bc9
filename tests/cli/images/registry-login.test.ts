import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { registryLogin, registryOf } from "../../../cli/images/registry-login.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "registry-login-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const configure = (config: unknown) => {
  writeFileSync(path.join(folder, "config.json"), JSON.stringify(config));
};

/** A credential helper that knows one registry, and writes down what it is asked. */
function installHelper(name: string, registry: string, answer: object): void {
  const script = `#!/bin/bash
read -r registry; echo "$1 $registry" >>"${folder}/asked"
[[ $registry == "${registry}" ]] || { echo "credentials not found"; exit 1; }
echo '${JSON.stringify(answer)}'
`;
  writeFileSync(path.join(folder, `docker-credential-${name}`), script, { mode: 0o755 });
  vi.stubEnv("PATH", `${folder}${path.delimiter}${process.env["PATH"] ?? ""}`);
}

it.each([
  ["registry.example/kafka-platform/broker", "registry.example"],
  ["127.0.0.1:5000/broker", "127.0.0.1:5000"],
  ["localhost/broker", "localhost"],
  ["somebody/broker", "docker.io"],
  ["broker", "docker.io"],
])("the registry of %s is %s", (repository, registry) => {
  expect(registryOf(repository)).toBe(registry);
});

it("takes the login that `docker login` wrote, and none where there is none", async () => {
  expect(await registryLogin("registry.example", folder)).toEqual({});
  const auth = Buffer.from("me:pass:word").toString("base64");
  configure({
    auths: {
      "registry.example": { auth },
      "token.example": { identitytoken: "t0ken" },
      "https://index.docker.io/v1/": { auth },
      "empty.example": {},
    },
    HttpHeaders: { "User-Agent": "x" },
  });
  const me = { username: "me", password: "pass:word" };
  expect(await registryLogin("registry.example", folder)).toEqual({
    ...me,
    serveraddress: "registry.example",
  });
  expect(await registryLogin("docker.io", folder)).toEqual({
    ...me,
    serveraddress: "https://index.docker.io/v1/",
  });
  expect(await registryLogin("token.example", folder)).toEqual({
    identitytoken: "t0ken",
    serveraddress: "token.example",
  });
  expect(await registryLogin("empty.example", folder)).toEqual({});
});

it("asks the registry's own credential helper before the one for all", async () => {
  configure({ credsStore: "all", credHelpers: { "registry.example": "own" } });
  installHelper("own", "registry.example", { Username: "me", Secret: "s3cret" });
  installHelper("all", "token.example", { Username: "<token>", Secret: "t0ken" });
  expect(await registryLogin("registry.example", folder)).toEqual({
    username: "me",
    password: "s3cret",
    serveraddress: "registry.example",
  });
  expect(await registryLogin("token.example", folder)).toEqual({
    identitytoken: "t0ken",
    serveraddress: "token.example",
  });
  expect(await registryLogin("unknown.example", folder)).toEqual({});
});

it("says which file or helper is at fault", async () => {
  configure({ credsStore: "not-installed" });
  await expect(registryLogin("registry.example", folder)).rejects.toThrow(
    "Docker's configuration names the credential helper docker-credential-not-installed, " +
      "which cannot be started: spawn docker-credential-not-installed ENOENT.",
  );
  writeFileSync(path.join(folder, "config.json"), "{");
  await expect(registryLogin("registry.example", folder)).rejects.toThrow(
    `Docker's configuration ${path.join(folder, "config.json")} cannot be read: `,
  );
});
