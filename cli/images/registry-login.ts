/** The logins that `docker login` leaves: in Docker's own configuration, or in a credential helper. */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import type Dockerode from "dockerode";
import { z } from "zod";
import { hasCode, messageOf, UserError } from "../../model/values/user-error.ts";

const dockerConfig = z.object({
  auths: z
    .record(
      z.string(),
      z.object({ auth: z.string().optional(), identitytoken: z.string().optional() }),
    )
    .default({}),
  credsStore: z.string().optional(),
  credHelpers: z.record(z.string(), z.string()).default({}),
});

const helperAnswer = z.object({ Username: z.string(), Secret: z.string() });

const DOCKER_HUB = "docker.io";
/** How Docker's configuration calls Docker Hub. */
const DOCKER_HUB_KEY = "https://index.docker.io/v1/";
/** The user name of a secret that is an identity token. */
const TOKEN_USER = "<token>";

/** The registry of a repository: its first part where that is a host name, else Docker Hub. */
export function registryOf(repository: string): string {
  const [first = "", ...rest] = repository.split("/");
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  return isHost ? first : DOCKER_HUB;
}

/**
 * The login for a registry, empty where there is none: many registries on private networks want none.
 *
 * @param folder where `config.json` is; default `DOCKER_CONFIG`, else `~/.docker`
 * @throws UserError when the configuration cannot be read, or its helper cannot be started
 */
export async function registryLogin(
  registry: string,
  folder = process.env["DOCKER_CONFIG"] ?? path.join(homedir(), ".docker"),
): Promise<Dockerode.AuthConfigObject> {
  const config = await readConfig(path.join(folder, "config.json"));
  const key = registry === DOCKER_HUB ? DOCKER_HUB_KEY : registry;
  const helper = config.credHelpers[registry] ?? config.credsStore;
  if (helper !== undefined) return await askHelper(`docker-credential-${helper}`, key);

  const { auth, identitytoken } = config.auths[key] ?? {};
  if (identitytoken) return { identitytoken, serveraddress: key };
  if (!auth) return {};
  const [username = "", ...password] = Buffer.from(auth, "base64").toString("utf8").split(":");
  return { username, password: password.join(":"), serveraddress: key };
}

async function readConfig(file: string): Promise<z.output<typeof dockerConfig>> {
  try {
    return dockerConfig.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (hasCode(error, "ENOENT")) return dockerConfig.parse({});
    const what = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new UserError(`Docker's configuration ${file} cannot be read: ${what}`);
  }
}

/** Docker's protocol: the registry on standard input, the login as JSON on standard output. */
async function askHelper(helper: string, key: string): Promise<Dockerode.AuthConfigObject> {
  const child = spawn(helper, ["get"], { stdio: ["pipe", "pipe", "ignore"] });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on("error", reject).on("close", resolve);
  // A helper that is gone already says so by its exit code.
  child.stdin.on("error", () => undefined).end(key);
  let answer = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (answer += chunk));
  const code = await promise.catch((error: unknown) => {
    throw new UserError(
      `Docker's configuration names the credential helper ${helper}, which cannot be started: ${messageOf(error)}.`,
    );
  });
  // How a helper says that it has no login for this registry.
  if (code !== 0) return {};
  const { Username, Secret } = helperAnswer.parse(JSON.parse(answer));
  return Username === TOKEN_USER
    ? { identitytoken: Secret, serveraddress: key }
    : { username: Username, password: Secret, serveraddress: key };
}
