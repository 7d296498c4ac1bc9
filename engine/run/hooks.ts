import type { HookNames, HookPhase } from "../values/resource-options.ts";
import { parseUrn } from "../values/urn.ts";
import type { PropertyMap } from "../values/property-values.ts";
import { toWire } from "../values/wire.ts";
import grpc from "@grpc/grpc-js";
import callbackRpc from "@pulumi/pulumi/proto/callback_grpc_pb.js";
import type { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb.js";
import callbacks from "@pulumi/pulumi/proto/callback_pb.js";
import resources from "@pulumi/pulumi/proto/resource_pb.js";
import type { RegisterResourceHookRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { UserError } from "../../model/values/user-error.ts";

/** What a hook is told. */
export interface HookArguments {
  readonly urn: string;
  readonly id: string;
  readonly newInputs?: PropertyMap;
  readonly oldInputs?: PropertyMap;
  readonly newOutputs?: PropertyMap;
  readonly oldOutputs?: PropertyMap;
}

interface Hook {
  readonly target: string;
  readonly token: string;
  readonly onDryRun: boolean;
  readonly ignoreErrors: boolean;
}

/** The hooks the program registered: functions in the program, called over its callback server. */
export class Hooks {
  readonly #hooks = new Map<string, Hook>();
  readonly #clients = new Map<string, CallbacksClient>();
  readonly #dryRun: boolean;
  readonly #warn: (urn: string, message: string) => void;

  constructor(dryRun: boolean, warn: (urn: string, message: string) => void) {
    this.#dryRun = dryRun;
    this.#warn = warn;
  }

  register(request: RegisterResourceHookRequest): void {
    const name = request.getName();
    const callback = request.getCallback();
    if (callback === undefined) throw new UserError(`resource hook "${name}" has no callback`);
    if (this.#hooks.has(name)) {
      throw new UserError(`resource hook "${name}" is registered twice; give each its own name`);
    }
    this.#hooks.set(name, {
      target: callback.getTarget(),
      token: callback.getToken(),
      onDryRun: request.getOnDryRun(),
      ignoreErrors: request.getIgnoreErrors(),
    });
  }

  /** Runs a resource's hooks of one phase, in order. Throws when one of them refuses. */
  async run(names: HookNames, phase: HookPhase, args: HookArguments): Promise<void> {
    for (const name of names[phase] ?? []) {
      const hook = this.#hooks.get(name);
      if (hook === undefined) {
        throw new UserError(
          `its ${phase} hook "${name}" is not registered; keep the hook in the program until the resource is deleted`,
        );
      }
      if (this.#dryRun && !hook.onDryRun) continue;
      const error = await this.#call(hook, args);
      if (error === "") continue;
      const message = `${phase} hook "${name}" failed: ${error}`;
      if (!hook.ignoreErrors) throw new UserError(message);
      this.#warn(args.urn, message);
    }
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
  }

  async #call(hook: Hook, args: HookArguments): Promise<string> {
    const { type, name } = parseUrn(args.urn);
    const request = new resources.ResourceHookRequest()
      .setUrn(args.urn)
      .setId(args.id)
      .setName(name)
      .setType(type);
    if (args.newInputs) request.setNewInputs(toWire(args.newInputs));
    if (args.oldInputs) request.setOldInputs(toWire(args.oldInputs));
    if (args.newOutputs) request.setNewOutputs(toWire(args.newOutputs));
    if (args.oldOutputs) request.setOldOutputs(toWire(args.oldOutputs));
    const invocation = new callbacks.CallbackInvokeRequest()
      .setToken(hook.token)
      .setRequest(request.serializeBinary());
    return new Promise((resolve, reject) => {
      this.#client(hook.target).invoke(invocation, (error, response) => {
        if (error) reject(new UserError(`the program did not answer: ${error.details}`));
        else {
          const bytes = response.getResponse_asU8();
          resolve(resources.ResourceHookResponse.deserializeBinary(bytes).getError());
        }
      });
    });
  }

  #client(target: string): CallbacksClient {
    let client = this.#clients.get(target);
    if (client === undefined) {
      client = new callbackRpc.CallbacksClient(target, grpc.credentials.createInsecure());
      this.#clients.set(target, client);
    }
    return client;
  }
}
