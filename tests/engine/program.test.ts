import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { listResources, readOutputs } from "../../engine/stack/recorded.ts";
import { directoryWorld, fakeProvider } from "../support/pulumi/fake-provider.ts";
import { thing } from "./declaration.ts";
import { TestStack } from "./harness.ts";
import { operations } from "./simulation.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const SECRET = "hunter2-hunter2";

describe("a whole program", () => {
  const platform = (size: number) => [
    { name: "group", type: "Group", inputs: { note: { $config: "secret" } } },
    thing(
      "a",
      { size, password: { $config: "secret" } },
      { parent: "group", hooks: { beforeUpdate: ["refuse-update"], afterUpdate: ["after-live"] } },
    ),
    thing(
      "b",
      { size: 13, text: { $output: "a.address" }, password: { $output: "a.password" } },
      { dependsOn: ["group"], hooks: { beforeDelete: ["refuse-delete"] } },
    ),
  ];
  const settings = {
    hooks: ["refuse-update", "refuse-delete", "after-live"],
    outputs: { where: { $output: "a.address" }, what: { $output: "a.password" } },
  };

  test("is previewed, brought up, left alone, changed under its hooks, and taken down", async () => {
    const stack = new TestStack();
    const planned = await stack.preview(platform(1), { ...settings, misbehave: "log" });
    expect(planned.plan).toEqual(["create group", "create a", "create b"]);
    expect(planned.steps.at(-1)?.newInputs).toMatchObject({ text: "[unknown]" });
    expect(planned.outputs).toEqual({ outputs: { where: "[unknown]", what: "[secret]" } });
    expect(planned.log).toContain("warning: leaking [secret]");
    expect(planned.log).toContainEqual(expect.stringMatching(/^info: program \d+$/));
    expect(existsSync(stack.target.stateDir)).toBe(false);

    const up = await stack.up(platform(1), settings);
    expect(up.status).toBe("succeeded");
    expect(up.plan).toEqual(["create group", "create a", "create b"]);
    expect(stack.provider.calls).toEqual(["connect here", "create a", "create b", "close here"]);
    expect(stack.provider.world.get("b")).toEqual({
      size: 13,
      name: "b",
      text: "a.fake",
      password: SECRET,
    });
    expect(up.outputs).toEqual({ outputs: { where: "a.fake", what: "[secret]" } });
    expect(up.events.at(-1)).toMatchObject({ kind: "summary", status: "succeeded" });
    expect(JSON.stringify([planned, up])).not.toContain(SECRET);
    for (const file of readdirSync(join(stack.target.stateDir, "test"))) {
      const text = readFileSync(join(stack.target.stateDir, "test", file), "utf8");
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain("token-of-");
    }
    expect(await readOutputs(stack.target, { showSecrets: false })).toEqual(up.outputs);
    expect(await readOutputs(stack.target, { showSecrets: true })).toEqual({
      outputs: { where: "a.fake", what: SECRET },
    });
    expect(await listResources(stack.target)).toContainEqual({
      urn: "urn:pulumi:test::fakes::test:index:Group$fake:index:Thing::a",
      type: "fake:index:Thing",
      name: "a",
      id: "a",
      protect: false,
    });

    const before = readFileSync(stack.journal);
    const same = await stack.up(platform(1), settings);
    expect(same.changes).toMatchObject({ same: 5, create: 0, update: 0, replace: 0, delete: 0 });
    expect(stack.provider.calls).toEqual([]);
    expect(readFileSync(stack.journal).equals(before)).toBe(true);

    const kept = await stack.preview(platform(1).slice(0, 2), settings);
    expect(kept.plan).toEqual(["same group", "same a", "delete b"]);
    expect(kept.failures).toEqual([
      {
        urn: "urn:pulumi:test::fakes::fake:index:Thing::b",
        message: 'beforeDelete hook "refuse-delete" failed: 13 is unlucky',
      },
    ]);
    const refused = await stack.preview(platform(13), settings);
    expect(refused.failures).toEqual([
      {
        urn: "urn:pulumi:test::fakes::test:index:Group$fake:index:Thing::a",
        message: 'beforeUpdate hook "refuse-update" failed: 13 is unlucky',
      },
    ]);

    const changed = await stack.up(platform(2), settings);
    expect(changed.plan).toEqual(["same group", "update a", "same b"]);
    expect(changed.log).toEqual(["info: hook refuse-update a", "info: hook after-live a"]);

    const down = await stack.destroy();
    expect(down.log).toEqual([
      "warning: the delete hooks of 1 resources do not run: hooks live in the program, and destroy does not start it",
    ]);
    expect(operations(stack.provider.calls)).toEqual(["delete b", "delete a"]);
    expect(await listResources(stack.target)).toEqual([]);
  });

  test("is refused with a wrong passphrase, and while another run holds the stack", async () => {
    const stack = new TestStack();
    let second: Promise<unknown> | undefined;
    stack.provider.gate = async () => {
      second ??= stack.destroy();
      await second.catch(() => undefined);
    };
    await stack.up([thing("a")]);
    await expect(second).rejects.toThrow("this stack is in use by process");
    const target = { ...stack.target, passphrase: { value: "wrong", source: "the test" } };
    const wrong = "incorrect passphrase (from the test); give the one this stack was made with";
    await expect(stack.up([thing("a")], {}, { target })).rejects.toThrow(wrong);
    await expect(readOutputs(target, { showSecrets: true })).rejects.toThrow(wrong);
    expect(existsSync(join(stack.target.stateDir, "test", "lock"))).toBe(false);
  });
});

describe("a program that", () => {
  const failing = async (misbehave: string): Promise<string[]> => {
    const stack = new TestStack();
    const result = await stack.preview([thing("a")], { misbehave });
    expect(result.status).toBe("failed");
    return result.failures.map(({ message }) => message);
  };
  const unsupported = (what: string): string =>
    `the embedded engine does not support ${what}; use the Pulumi CLI, or do without`;

  test("exits by itself is not taken for a finished one", async () => {
    expect(await failing("exit")).toEqual([
      "the program ended before Pulumi was done with it; it must not call process.exit",
    ]);
  });

  test.each([
    ["invoke", unsupported("invokes such as fake:index:lookup")],
    ["get", unsupported("reading foreign resources (fake:index:Thing.get)")],
  ])("uses %s is refused by name", async (misbehave, message) => {
    expect(await failing(misbehave)).toEqual([message]);
  });

  test("uses transforms is refused by name", async () => {
    const [message] = await failing("transform");
    expect(message).toContain(unsupported("transforms"));
  });
});

describe("a run that", () => {
  test("is interrupted finishes what is under way, and goes on next time", async () => {
    const stack = new TestStack();
    const controller = new AbortController();
    stack.provider.gate = async (call) => {
      if (call !== "create a") return;
      controller.abort();
      await wait(100);
    };
    const all = [thing("a"), thing("b", {}, { dependsOn: ["a"] })];
    const result = await stack.up(all, {}, { signal: controller.signal });
    expect(result.status).toBe("interrupted");
    expect(result.log).toEqual(["warning: interrupted: run the same command again to go on"]);
    expect(stack.provider.world.ids()).toEqual(["a"]);
    expect((await stack.preview(all)).plan).toEqual(["same a", "create b"]);
  });

  test("fails names the resource; one whose program throws deletes nothing", async () => {
    const stack = new TestStack();
    stack.provider.gate = (call) => {
      if (call === "create b") throw new Error(`no room for ${SECRET}`);
    };
    const failed = await stack.up([thing("a"), thing("b", { text: { $output: "a.address" } })]);
    expect(failed.status).toBe("failed");
    expect(failed.failures).toEqual([
      { urn: "urn:pulumi:test::fakes::fake:index:Thing::b", message: "no room for [secret]" },
    ]);
    const thrown = await stack.up([], { misbehave: "throw" });
    expect(thrown.status).toBe("failed");
    expect(thrown.failures[0]?.message).toMatch(
      /the program gave up\n +at .*programs\/declared\.ts:/,
    );
    expect(operations(stack.provider.calls)).toEqual([]);
    expect(stack.provider.world.ids()).toEqual(["a"]);
  });

  test("fails keeps the copy of the state that the last successful one left", async () => {
    const stack = new TestStack();
    await stack.up([thing("a")]);
    const good = readFileSync(`${stack.journal}.bak`);
    expect(good).toEqual(readFileSync(stack.journal));
    stack.provider.gate = (call) => {
      if (call === "create b") throw new Error("no room");
    };
    expect((await stack.up([thing("a"), thing("b"), thing("c")])).status).toBe("failed");
    expect(readFileSync(`${stack.journal}.bak`)).toEqual(good);
    expect(readFileSync(stack.journal)).not.toEqual(good);
    stack.provider.gate = () => undefined;
    expect((await stack.destroy()).status).toBe("succeeded");
    expect(readFileSync(`${stack.journal}.bak`)).toEqual(readFileSync(stack.journal));
  });

  test("adopts takes over what exists as declared, and refuses what does not", async () => {
    const stack = new TestStack();
    const all = [thing("a", { size: 1 }), thing("b", { size: 2 })];
    await stack.up(all);
    rmSync(stack.journal);
    const refused = await stack.up(all);
    expect(refused.failures.map(({ message }) => message).toSorted()).toEqual([
      "a already exists",
      "b already exists",
    ]);
    const changed = [thing("a", { size: 1 }), thing("b", { size: 3 })];
    const adopted = await stack.up(changed, {}, { adopt: true });
    expect(adopted.failures.map(({ message }) => message)).toEqual(["b already exists"]);
    expect((await stack.up(all, {}, { adopt: true })).status).toBe("succeeded");
    expect((await stack.preview(all)).plan).toEqual(["same a", "same b"]);
  });

  test("whose program throws leaves what the last one gave out", async () => {
    const stack = new TestStack();
    const { outputs } = await stack.up([thing("a")], { outputs: { where: "here" } });
    expect(outputs).toEqual({ outputs: { where: "here" } });
    const thrown = await stack.up([thing("a")], { misbehave: "throw" });
    expect(thrown.status).toBe("failed");
    expect(await readOutputs(stack.target, { showSecrets: false })).toEqual(outputs);
  });

  test("is killed leaves a state the next one goes on from, and no process behind", async () => {
    const directory = temporaryDirectory();
    const script = join(import.meta.dirname, "programs", "up-process.ts");
    const killed = spawn(process.execPath, [script, directory], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let program = 0;
    for await (const line of createInterface({ input: killed.stdout })) {
      program = Number(/^program (\d+)$/.exec(line)?.[1] ?? program);
      if (line === "hanging") killed.kill("SIGKILL");
    }
    await expect.poll(() => isAlive(program), { timeout: 5_000 }).toBe(false);

    const stack = new TestStack(fakeProvider(directoryWorld(join(directory, "world"))), directory);
    const result = await stack.up([thing("a"), thing("b", {}, { dependsOn: ["a"] })]);
    expect(result.status).toBe("succeeded");
    expect(result.plan).toEqual(["same a", "create b"]);
    expect(result.log[0]).toMatch(/^info: took over from process \d+, which died \(started /);
    expect(result.log[1]).toMatch(/^warning: was being created when a run was interrupted;/);
    expect(stack.provider.world.ids()).toEqual(["a", "b"]);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
