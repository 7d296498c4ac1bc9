/** The small formats: durations, tar, .dockerignore, log frames, JSON lines, redaction. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, describe, expect, test } from "vitest";
import { isSent, packBuildContext } from "../../../../engine/drivers/docker/build-context.ts";
import { demultiplex } from "../../../../engine/drivers/docker/container-log.ts";
import { DURATION, nanoseconds } from "../../../../engine/values/durations.ts";
import { jsonLines } from "../../../../engine/drivers/docker/json-lines.ts";
import { redact } from "../../../../engine/drivers/docker/redaction.ts";
import { tarArchive, type TarEntry } from "../../../../engine/drivers/docker/tar-archive.ts";

const folder = mkdtempSync(join(tmpdir(), "drv-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ["0s", 0],
  ["0", 0],
  ["500ms", 5e8],
  ["1m30s", 90e9],
  ["1.5h", 5400e9],
  ["250us", 250e3],
])("the duration %s is %d nanoseconds", (duration, expected) => {
  expect(DURATION.test(duration)).toBe(true);
  expect(nanoseconds(duration)).toBe(expected);
});

test.each(["", "10", "s", "1 s", "-1s", "1d"])("%j is refused as a duration", (duration) => {
  expect(DURATION.test(duration)).toBe(false);
});

describe("a tar archive", () => {
  async function bytes(stream: Readable): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of stream) chunks.push(chunk as Uint8Array);
    return Buffer.concat(chunks);
  }
  const packed = (entries: readonly TarEntry[]) => bytes(tarArchive(entries));
  const tar = (archive: Buffer, ...options: string[]): string =>
    execFileSync("tar", ["--numeric-owner", ...options], { input: archive, encoding: "utf8" });
  const listed = (archive: Buffer): string[] =>
    tar(archive, "--quoting-style=literal", "-tvf", "-")
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d /g, "")
      .replace(/ +/g, " ")
      .trimEnd()
      .split("\n");

  test("has the names, modes, owners, links and content that it was given", async () => {
    const file = join(folder, "data");
    writeFileSync(file, "from disk");
    const long = `${"d".repeat(90)}/${"e".repeat(60)}/${"f".repeat(120)}`;
    const archive = await packed([
      { path: "bin", mode: 0o755, body: { directory: true } },
      { path: "bin/a", mode: 0o400, uid: 1000, gid: 1001, body: { content: Buffer.from("größe") } },
      { path: "bin/b", mode: 0o777, body: { linkTo: "a" } },
      { path: "größe", mode: 0o777, body: { linkTo: long } },
      { path: long, mode: 0o644, body: { file, size: 9 } },
      { path: "empty", mode: 0o644, body: { content: new Uint8Array() } },
      { path: "nothing", mode: 0o644, body: { file: "not even read", size: 0 } },
    ]);
    expect(archive.length % 512).toBe(0);
    expect(listed(archive)).toEqual([
      "drwxr-xr-x 0/0 0 bin",
      "-r-------- 1000/1001 7 bin/a",
      "lrwxrwxrwx 0/0 0 bin/b -> a",
      `lrwxrwxrwx 0/0 0 größe -> ${long}`,
      `-rw-r--r-- 0/0 9 ${long}`,
      "-rw-r--r-- 0/0 0 empty",
      "-rw-r--r-- 0/0 0 nothing",
    ]);
    expect(tar(archive, "-xOf", "-", "bin/a")).toBe("größe");
    expect(tar(archive, "-xOf", "-", long)).toBe("from disk");
  });

  test("is the same for equal files, whenever they were written", async () => {
    const root = join(folder, "context");
    mkdirSync(join(root, "bin"), { recursive: true });
    mkdirSync(join(root, "empty"));
    writeFileSync(join(root, "Dockerfile"), "FROM scratch");
    writeFileSync(join(root, "bin/run"), "#!/bin/sh", { mode: 0o755 });
    symlinkSync("bin/run", join(root, "link"));
    const archive = () => bytes(packBuildContext(root, "Dockerfile").archive);
    const first = await archive();
    expect(listed(first)).toEqual([
      "-rw-r--r-- 0/0 12 Dockerfile",
      "drwxr-xr-x 0/0 0 bin",
      "-rwxr-xr-x 0/0 9 bin/run",
      "drwxr-xr-x 0/0 0 empty",
      expect.stringMatching(/^lrwxrwxrwx 0\/0 0 link -> bin\/run$/),
    ]);
    utimesSync(join(root, "Dockerfile"), new Date(0), new Date(0));
    expect(first.equals(await archive())).toBe(true);
    writeFileSync(join(root, "Dockerfile"), "FROM anything");
    expect(first.equals(await archive())).toBe(false);
  });

  test("is broken off with an error when a file shrank while it was read", async () => {
    const file = join(folder, "short");
    writeFileSync(file, "abc");
    await expect(packed([{ path: "short", mode: 0o644, body: { file, size: 9 } }])).rejects.toThrow(
      `${file} shrank from 9 to 3 bytes while being read`,
    );
  });

  test("is broken off with the system's error when a file cannot be read", async () => {
    const file = join(folder, "absent");
    await expect(
      packed([{ path: "absent", mode: 0o644, body: { file, size: 9 } }]),
    ).rejects.toThrow(`ENOENT: no such file or directory, open '${file}'`);
  });
});

describe("a .dockerignore", () => {
  test.each([
    ["node_modules", ["node_modules", "node_modules/a/b"], ["src/node_modules", "node_modules2"]],
    ["**/*.log", ["a.log", "x/y/b.log"], ["a.log.txt"]],
    ["*.log", ["a.log"], ["x/a.log"]],
    ["/build/", ["build", "build/x"], ["src/build"]],
    ["a?c", ["abc"], ["ac", "a/c"]],
    ["[a-c]x", ["ax", "bx/y"], ["dx"]],
    ["x/**", ["x/y", "x/y/z"], ["y/x"]],
    ["# comment\n\n  spaced  ", ["spaced"], ["# comment"]],
    ["*\n!src\nsrc/secret", ["README.md", "src/secret"], ["src", "src/a"]],
    ["**", ["a", "a/b"], ["docker/Dockerfile", ".dockerignore"]],
    // Docker does nothing for a lone dot.
    [".", [], ["a", "a/b"]],
    ["docs\n!docs/README.md", ["docs", "docs/a"], ["docs/README.md"]],
    ["src/**/k", ["src/k", "src/a/b/k"], ["k", "src/kk"]],
    ["größe/*.TXT", ["größe/a.TXT"], ["größe/a.txt"]],
    ["libc++.so\n\\+x", ["libc++.so", "+x"], ["libccc.so"]],
    ["docker\nDockerfile", ["docker", "docker/x", "Dockerfile"], ["docker/Dockerfile"]],
    ["a.b+(c)", ["a.b+(c)"], ["aXb+(c)"]],
  ])("of %j keeps %j from the daemon, and not %j", (text, ignored, kept) => {
    const sent = isSent(text, "docker/Dockerfile");
    expect(ignored.filter(sent)).toEqual([]);
    expect(kept.filter((path) => !sent(path))).toEqual([]);
  });
});

test("log frames of both streams are joined in their order", () => {
  const frame = (stream: number, text: string): Buffer => {
    const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
    header.writeUInt32BE(Buffer.byteLength(text), 4);
    return Buffer.concat([header, Buffer.from(text)]);
  };
  const log = Buffer.concat([frame(1, "out\n"), frame(2, "größe\n"), frame(1, "end\n")]);
  expect(demultiplex(log)).toBe("out\ngröße\nend\n");
  expect(demultiplex(Buffer.alloc(0))).toBe("");
});

test("JSON lines survive any cut, and a last line without an end", async () => {
  const bytes = Buffer.from('{"a":"ö"}\r\n\n{"a":"b"}\n{"a":"c"}');
  const chunks = [...bytes].map((byte) => Buffer.from([byte]));
  const { signal } = new AbortController();
  const lines: unknown[] = [];
  for await (const line of jsonLines(Readable.from(chunks), signal)) lines.push(line);
  expect(lines).toEqual([{ a: "ö" }, { a: "b" }, { a: "c" }]);
});

describe("redaction", () => {
  const uploaded = (content: string) => [{ file: "/f", content, executable: false } as never];

  test.each([
    ["a whole file", "hunter2\n", "said hunter2 twice", "said [redacted] twice"],
    ["a line", "first line\nsecond", "x first line x", "x [redacted] x"],
    ["a named value", 'a required password="swordfish";', "bad swordfish", "bad [redacted]"],
    ["a JSON value", '{"token": "swordfish"}', "swordfish!", "[redacted]!"],
    ["a generated word", "user kafka Xk29dmsPq1", "got Xk29dmsPq1", "got [redacted]"],
    ["ordinary words", "log.dirs=/var/lib/kafka", "in /var/lib/kafka", "in /var/lib/kafka"],
    ["short pieces", "a\nb", "a b", "a b"],
  ])(
    "%s of an upload is not shown in a message, unless it says nothing",
    (_, content, text, expected) => {
      expect(redact(text, uploaded(content))).toBe(expected);
    },
  );

  test("base64 uploads are redacted by their content", () => {
    const upload = { file: "/f", contentBase64: "c3dvcmRmaXNo", executable: false } as never;
    expect(redact("swordfish", [upload])).toBe("[redacted]");
  });
});
