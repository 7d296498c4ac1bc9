import services from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import debuggable from "@pulumi/pulumi/runtime/debuggable.js";
import { expect, test } from "vitest";

type Answered = (error: unknown, response: unknown) => void;

/** The SDK's client, which records what it would send. */
const client = services.ResourceMonitorClient.prototype as unknown as {
  registerResource: (request: unknown, answered: Answered) => void;
};
const sent: { readonly request: unknown; readonly answer: Answered }[] = [];
client.registerResource = (request, answer) => void sent.push({ request, answer });
const { fewAtATime, withoutStackTraces } = await import("../../engine/program/program-preload.ts");

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
  };
  withoutStackTraces(other);
  fewAtATime(other);
  expect(other).toEqual({ debuggablePromise: "not a function", registerResource: undefined });
  const none = {};
  withoutStackTraces(none);
  fewAtATime(none);
  expect(none).toEqual({});
});
