import debuggable from "@pulumi/pulumi/runtime/debuggable.js";
import { expect, test } from "vitest";
import "../../engine/program-preload.ts";

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
