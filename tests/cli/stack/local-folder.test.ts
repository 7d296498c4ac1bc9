import { existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../engine/temporary-directory.ts";
import { runCommandIn } from "../run-command.ts";

const start = (home: string) =>
  runCommandIn(
    { PATH: "/usr/bin:/bin", KAFKA_PLATFORM_HOME: home },
    "start",
    "--engine",
    "embedded",
  );

test("a start says that its folder cannot be written before it looks for Docker", async () => {
  const folder = temporaryDirectory();
  writeFileSync(path.join(folder, "file"), "");
  const home = path.join(folder, "file", "home");
  const { status, stderr } = await start(home);
  expect(status).toBe(1);
  expect(stderr).toContain(`error: The state and the secrets cannot be kept in ${home}: ENOTDIR`);
  expect(stderr).toContain("Set KAFKA_PLATFORM_HOME to a folder that can be written.");
  expect(stderr).not.toContain("docker");
  expect(readdirSync(folder)).toEqual(["file"]);
  expect(existsSync(home)).toBe(false);
});
