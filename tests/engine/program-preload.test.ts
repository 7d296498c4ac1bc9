import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import services from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import debuggable from "@pulumi/pulumi/runtime/debuggable.js";
import { describe, expect, test } from "vitest";
import {
  fewAtATime,
  withoutDebugMessages,
  withoutStackTraces,
} from "../../engine/program/lighter-sdk.ts";
import { loadedWhenCalled } from "../../engine/program/loaded-when-called.ts";

type Answered = (error: unknown, response: unknown) => void;

/** The SDK's client, which records what it would send. */
const client = services.ResourceMonitorClient.prototype as unknown as {
  registerResource: (request: unknown, answered: Answered) => void;
};
const sent: { readonly request: unknown; readonly answer: Answered }[] = [];
client.registerResource = (request, answer) => void sent.push({ request, answer });
fewAtATime(client);
withoutStackTraces(debuggable);

const { debuggablePromise } = debuggable as unknown as {
  debuggablePromise: <T>(promise: Promise<T>, context: string) => Promise<T>;
};

test("the SDK takes no stack trace and no text for its promises; all others keep theirs", async () => {
  const limit = Error.stackTraceLimit;
  const promise = Promise.resolve("value");
  expect(await debuggablePromise(promise, "resource:orders")).toBe("value");
  expect(promise).toHaveProperty("_debugStackTrace", expect.not.stringContaining(" at "));
  expect(promise).toHaveProperty("_debugCtx", undefined);
  expect(Error.stackTraceLimit).toBe(limit);
  expect(new Error("ours").stack).toContain("program-preload.test.ts");
});

test("a promise that is refused is refused with its own error", async () => {
  const error = new Error("refused");
  await expect(debuggablePromise(Promise.reject(error), "resource:orders")).rejects.toBe(error);
});

test("at most 256 registrations are under way, and each gets its own answer", () => {
  const answered: unknown[] = [];
  for (let number = 0; number < 300; number += 1) {
    client.registerResource(number, (error, response) => answered.push([error, response]));
  }
  expect(sent.length).toBe(256);

  sent[0]?.answer(null, "first");
  sent[1]?.answer("refused", undefined);
  expect(sent.length).toBe(258);
  expect(answered).toEqual([
    [null, "first"],
    ["refused", undefined],
  ]);
  for (let number = 2; number < 300; number += 1) sent[number]?.answer(null, number);
  expect(sent.map(({ request }) => request)).toEqual(Array.from({ length: 300 }, (_, i) => i));
  expect(answered.length).toBe(300);
});

test("an SDK that has these internals no more, or as something else, is left as it is", () => {
  const other = {
    debuggablePromise: "not a function" as never,
    registerResource: undefined as never,
    debug: "nor this",
  };
  withoutStackTraces(other);
  fewAtATime(other);
  withoutDebugMessages(other);
  expect(other).toEqual({
    ...{ debuggablePromise: "not a function", registerResource: undefined },
    debug: "nor this",
  });
  const none = {};
  withoutStackTraces(none);
  fewAtATime(none);
  withoutDebugMessages(none);
  expect(none).toEqual({});
});

describe("in the process of a program", () => {
  const preload = import.meta.resolve("../../engine/program/program-preload.ts");
  const printed = (code: string): unknown => {
    const args = ["--import", preload, "--input-type=module", "--eval", code];
    const cwd = fileURLToPath(new URL("../..", import.meta.url));
    return JSON.parse(
      execFileSync(process.execPath, args, {
        ...{ cwd, encoding: "utf8" as const },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
  };
  const LOADED = `
    import { createRequire } from "node:module";
    import pulumi from "@pulumi/pulumi";
    const { cache } = createRequire(process.cwd() + "/index.ts");
    const heavy = () => Object.keys(cache).filter((file) => /node_modules.(typescript|@npmcli)/.test(file)).length;
    const before = heavy();`;

  test("the SDK loads without what only serialized functions need", () => {
    expect(printed(`${LOADED} console.log(before);`)).toBe(0);
  });

  test("a function that is to be sent elsewhere is serialized all the same", () => {
    const [before, text] = printed(`${LOADED}
      const answer = 42;
      const { text } = await pulumi.runtime.serializeFunction(() => answer + 1);
      console.log(JSON.stringify([before, text, heavy() > 0]));`) as [number, string, boolean];
    expect(before).toBe(0);
    expect(text).toContain("answer + 1");
    expect(text).toContain("42");
  });

  test("the paths of its code are computed all the same", () => {
    const paths = printed(`${LOADED}
      const paths = await pulumi.runtime.computeCodePaths();
      console.log(JSON.stringify([...paths.keys()]));`) as string[];
    expect(paths).toContainEqual(expect.stringContaining("node_modules/zod"));
  });
});

test("a module that is not there is not stood in for", () => {
  expect(() => loadedWhenCalled("@pulumi/pulumi/runtime/no-such-module.js", [])).not.toThrow();
});
