/**
 * Loaded into the program before Pulumi's launcher: what makes the SDK start fast and bear thousands of
 * resources. All are internals of the SDK; of a release that has them no more they are left alone, and the
 * program runs as it would without this file, only slower.
 */
import log from "@pulumi/pulumi/log/index.js";
import services from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import debuggable from "@pulumi/pulumi/runtime/debuggable.js";
import { fewAtATime, withoutDebugMessages, withoutStackTraces } from "./lighter-sdk.ts";
import { loadedWhenCalled } from "./loaded-when-called.ts";

// What turns functions into text, which a program does that sends them elsewhere: TypeScript, npm's own
// library and a debugger's session, half of what a small program costs. A message about a function that
// cannot be sent then names no file.
const CLOSURES = "@pulumi/pulumi/runtime/closure";
loadedWhenCalled(`${CLOSURES}/serializeClosure.js`, [
  "serializeFunction",
  "serializeFunctionAsync",
]);
loadedWhenCalled(`${CLOSURES}/codePaths.js`, ["computeCodePaths"]);
loadedWhenCalled(`${CLOSURES}/v8Hooks.js`, ["getSessionAsync", "getScriptUrl"], {
  isInitializedAsync: () => Promise.resolve(),
});
// Node runs the program's own text, so there is nothing to map; the SDK would for each resource.
loadedWhenCalled("source-map-support/register.js", []);
withoutStackTraces(debuggable);
withoutDebugMessages(log);
fewAtATime(services.ResourceMonitorClient.prototype as Parameters<typeof fewAtATime>[0]);
