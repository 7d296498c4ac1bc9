/** Looking into a running container, as the tests of the broker image do. */
import { setTimeout as sleep } from "node:timers/promises";
import type Dockerode from "dockerode";
import { expect } from "vitest";
import { tarArchive } from "../../engine/drivers/docker/tar-archive.ts";
import { METRICS_PORT } from "./broker-container.ts";

/** Polls the container until `done` says so; the last state otherwise, after `seconds`. */
export async function state(
  container: Dockerode.Container,
  done: (state: Dockerode.ContainerInspectInfo["State"]) => boolean,
  seconds = 60,
) {
  for (let tries = 0; ; tries += 1) {
    const { State } = await container.inspect();
    if (done(State) || tries >= seconds * 5) return State;
    await sleep(200);
  }
}

export async function healthy(container: Dockerode.Container): Promise<void> {
  const last = await state(
    container,
    ({ Health, Running }) => Health?.Status === "healthy" || !Running,
  );
  if (last.Health?.Status !== "healthy") throw new Error((await logs(container)).slice(-2000));
}

export async function exited(container: Dockerode.Container): Promise<string> {
  const { Running, ExitCode } = await state(container, ({ Running }) => !Running, 20);
  expect({ Running, ExitCode }).toEqual({ Running: false, ExitCode: 1 });
  return logs(container);
}

export const logs = async (container: Dockerode.Container): Promise<string> =>
  (await container.logs({ stdout: true, stderr: true })).toString("utf8");

/** Output of a command in the container, both streams; fails unless it exits with `code`. */
export async function exec(
  container: Dockerode.Container,
  script: string,
  code = 0,
): Promise<string> {
  const command = await container.exec({
    Cmd: ["bash", "-c", `{ ${script}; } 2>&1`],
    Env: ["KAFKA_HEAP_OPTS=-Xmx96m"],
    AttachStdout: true,
    Tty: true,
  });
  let output = "";
  for await (const chunk of await command.start({ Tty: true })) output += String(chunk);
  expect({ script, code: (await command.inspect()).ExitCode, output }).toMatchObject({ code });
  return output;
}

export async function series(): Promise<string[]> {
  const answer = await fetch(`http://127.0.0.1:${String(METRICS_PORT)}/metrics`);
  const lines = (await answer.text()).split("\n");
  return lines.filter((line) => line !== "" && !line.startsWith("#"));
}

/** The container's process list, as soon as `program` is in it. */
export async function processesWith(
  container: Dockerode.Container,
  program: string,
): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    const list = JSON.stringify(await container.top());
    if (list.includes(program)) return list;
    if (tries > 400) throw new Error(`${program} never ran in the container`);
    await sleep(25);
  }
}

/** A folder on the data volume with one file in it, both the broker's. */
export async function leaveFile(container: Dockerode.Container, folder: string): Promise<void> {
  const owner = { uid: 1000, gid: 1000 };
  const archive = tarArchive([
    { path: folder, mode: 0o755, ...owner, body: { directory: true } },
    {
      path: `${folder}/bootstrap.checkpoint`,
      mode: 0o644,
      ...owner,
      body: { content: Buffer.from("half a format") },
    },
  ]);
  await container.putArchive(archive, { path: "/var/lib/kafka/data" });
}

/** Value of a metric without labels; NaN when it is not there. */
export const valueOf = (lines: readonly string[], metric: string): number =>
  Number(lines.find((line) => line.startsWith(`${metric} `))?.split(" ")[1]);
