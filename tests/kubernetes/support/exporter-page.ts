/** The exporter's status page, as people come to it: by a port-forward. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { PlatformStack } from "./platform-stack.ts";

interface Answer {
  readonly status: number;
  readonly text: string;
}

type Login = { readonly username: string; readonly password: string };

/** Hands `look` the page, which it asks for with a login or without. */
export async function exporterPage(
  stack: PlatformStack,
  look: (page: (login?: Login) => Promise<Answer>) => Promise<void>,
): Promise<void> {
  const { program, args, env } = stack.kubectlCommand(
    "port-forward",
    "svc/kafka-exporter",
    ":9308",
  );
  const forward = spawn(program, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const port = await new Promise<string>((resolve, reject) => {
      createInterface(forward.stdout).on("line", (line) => {
        const [, found] = /^Forwarding from 127\.0\.0\.1:(\d+)/.exec(line) ?? [];
        if (found !== undefined) resolve(found);
      });
      forward.on("error", reject).on("exit", () => reject(new Error("the port-forward ended")));
    });
    await look(async (login) => {
      const basic = login && Buffer.from(`${login.username}:${login.password}`).toString("base64");
      const headers = basic === undefined ? {} : { authorization: `Basic ${basic}` };
      const answer = await fetch(`http://127.0.0.1:${port}/`, { headers });
      return { status: answer.status, text: await answer.text() };
    });
  } finally {
    forward.kill();
  }
}
