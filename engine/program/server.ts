import grpc from "@grpc/grpc-js";
import engineRpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineMessages from "@pulumi/pulumi/proto/engine_pb.js";
import resourceRpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import type { IResourceMonitorServer } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resources from "@pulumi/pulumi/proto/resource_pb.js";
import type { ResourceMonitorFeature } from "@pulumi/pulumi/proto/resource_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { Deployment } from "../run/deployment.ts";
import type { Severity } from "../run/events.ts";
import type { Hooks } from "../run/hooks.ts";
import { unsupported } from "../values/failure.ts";
import type { Run } from "../run/run.ts";
import { fromWire, toWire } from "../values/wire.ts";

/** Pulumi's own limit for messages to and from programs. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

const Feature = resources.ResourceMonitorFeature;
const FEATURES: Readonly<Record<string, ResourceMonitorFeature>> = {
  secrets: Feature.RESOURCE_MONITOR_FEATURE_SECRETS,
  aliasSpecs: Feature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
  deletedWith: Feature.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
  resourceHooks: Feature.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS,
};

const SEVERITIES: readonly Severity[] = ["debug", "info", "warning", "error"];

export interface ServerSettings {
  readonly run: Run;
  readonly hooks: Hooks;
  /** Waits until the state is open. */
  readonly deployment: () => Promise<Deployment>;
  readonly project: string;
  readonly stack: string;
  readonly parallel: number;
  /** Nothing is being answered any more although the run has to end. */
  readonly onIdle: () => void;
}

export interface Server {
  /** `host:port`, on loopback. */
  readonly address: string;
  /** Whether the program has said that it registered everything. */
  readonly finished: () => boolean;
  /** Waits until nothing is being answered any more: a program may die before the engine is done. */
  readonly idle: () => Promise<void>;
  /** Calls `onIdle` if the run has to end and nothing is being answered. */
  readonly poke: () => void;
  close(): void;
}

/** What a program is told whose run has failed. */
const ENDING = "the run is ending";
/** What it then says of itself, once that reaches it or once nobody answers any more. */
const ECHO = /\b14 UNAVAILABLE\b|Channel has been shut down/;

/** Serves the two services a Pulumi program talks to. */
export async function serve(settings: ServerSettings): Promise<Server> {
  const { run, hooks, deployment } = settings;
  let active = 0;
  let finished = false;
  const waiting: (() => void)[] = [];
  const poke = (): void => {
    if (active > 0) return;
    if (run.isStopped()) settings.onIdle();
    for (const resolve of waiting.splice(0)) resolve();
  };

  /**
   * Answers to calls that failed. They wait for every other call: a program that is told of one ends, and what
   * is under way may still ask a hook of it.
   */
  const refusals: (() => void)[] = [];
  const tellRefused = (): void => {
    if (active === refusals.length) for (const tell of refusals.splice(0)) tell();
  };
  const settled = (): void => {
    active -= 1;
    tellRefused();
    poke();
  };

  /** Answers one call; every fault is recorded, and the program is told to give up quietly. */
  const unary =
    <Request, Response>(answer: (request: Request) => Promise<Response> | Response) =>
    (call: { request: Request }, callback: grpc.sendUnaryData<Response>): void => {
      active += 1;
      Promise.resolve(call.request)
        .then(answer)
        .then(
          (response) => {
            callback(null, response);
            settled();
          },
          (error: unknown) => {
            run.fail(error);
            refusals.push(() => {
              callback({ code: grpc.status.UNAVAILABLE, details: ENDING });
              settled();
            });
            tellRefused();
          },
        );
    };
  const refuse = <Request, Response>(describe: (request: Request) => string) =>
    unary<Request, Response>((request) => {
      throw unsupported(describe(request));
    });

  const monitorServer: IResourceMonitorServer = {
    getDeploymentInfo: unary(() =>
      new resources.DeploymentInfo()
        .setProject(settings.project)
        .setStack(settings.stack)
        .setOrganization("organization")
        .setDryrun(run.dryRun)
        .setParallel(settings.parallel)
        .setSupportedfeaturesList(Object.values(FEATURES)),
    ),
    supportsFeature: unary((request) =>
      new resources.SupportsFeatureResponse().setHassupport(
        Object.hasOwn(FEATURES, request.getId()),
      ),
    ),
    registerResource: unary(async (request) => {
      const { urn, id, outputs } = await (await deployment()).register(request);
      return new resources.RegisterResourceResponse()
        .setUrn(urn)
        .setId(id)
        .setObject(toWire(outputs));
    }),
    registerResourceOutputs: unary(async (request) => {
      const target = await deployment();
      await target.registerOutputs(request.getUrn(), fromWire(request.getOutputs()));
      return new empty.Empty();
    }),
    registerResourceHook: unary((request) => {
      hooks.register(request);
      return new empty.Empty();
    }),
    signalAndWaitForShutdown: unary(async () => {
      await (await deployment()).finish();
      finished = true;
      return new empty.Empty();
    }),
    invoke: refuse((request) => `invokes such as ${request.getTok()}`),
    call: refuse((request) => `method calls such as ${request.getTok()}`),
    readResource: refuse((request) => `reading foreign resources (${request.getType()}.get)`),
    existsResource: refuse((request) => `looking up foreign resources (${request.getType()})`),
    registerStackTransform: refuse(() => "transforms"),
    registerStackInvokeTransform: refuse(() => "invoke transforms"),
    registerErrorHook: refuse((request) => `error hooks such as "${request.getName()}"`),
    registerPackage: refuse((request) => `parameterized packages such as ${request.getName()}`),
  };

  let root = "";
  const engineServer: IEngineServer = {
    log: unary((request) => {
      const severity = SEVERITIES[request.getSeverity()] ?? "info";
      const message = rephrase(request.getMessage());
      if (severity === "error") {
        if (!run.failed || !ECHO.test(message)) run.fail(new Error(message), request.getUrn());
      } else if (severity !== "debug") run.diagnose(severity, message, request.getUrn());
      return new empty.Empty();
    }),
    getRootResource: unary(() => new engineMessages.GetRootResourceResponse().setUrn(root)),
    setRootResource: unary((request) => {
      root = request.getUrn();
      return new engineMessages.SetRootResourceResponse();
    }),
    startDebugging: refuse(() => "debugging the program"),
    requirePulumiVersion: refuse(() => "requirePulumiVersion"),
  };

  const server = new grpc.Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  server.addService(resourceRpc.ResourceMonitorService, monitorServer);
  server.addService(engineRpc.EngineService, engineServer);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    finished: () => finished,
    idle: () =>
      active === 0 ? Promise.resolve() : new Promise((resolve) => void waiting.push(resolve)),
    poke,
    close: () => {
      server.forceShutdown();
    },
  };
}

/** The SDK blames the Pulumi CLI for what this engine does not support, before it even asks. */
function rephrase(message: string): string {
  return message.replace(
    /The Pulumi CLI does not support (.+?)\. Please update the Pulumi CLI\.?/,
    (_, what: string) => unsupported(what).message,
  );
}
