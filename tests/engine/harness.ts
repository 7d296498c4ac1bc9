import { join } from "node:path";
import * as engine from "../../engine/stack/update.ts";
import type { EngineEvent, RunResult } from "../../engine/run/events.ts";
import type { RunOptions } from "../../engine/stack/update.ts";
import type { StackTarget } from "../../engine/state/state.ts";
import { fakeProvider, type FakeProvider } from "../support/pulumi/fake-provider.ts";
import type { Declaration } from "./declaration.ts";
import { makeTarget, optionsFor, type Settings } from "./options.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

export interface Recorded extends RunResult {
  readonly events: readonly EngineEvent[];
  /** "verb name", in the order planned. */
  readonly plan: readonly string[];
  /** Diagnostics as "severity: message". */
  readonly log: readonly string[];
}

/** A stack with its fake provider and the resource `endpoint`, its provider, already declared. */
export class TestStack {
  readonly target: StackTarget;
  readonly provider: FakeProvider;

  constructor(provider = fakeProvider(), directory = temporaryDirectory()) {
    this.provider = provider;
    this.target = makeTarget(directory);
  }

  get journal(): string {
    return join(this.target.stateDir, this.target.stack, "state.journal");
  }

  preview = this.#running(engine.preview);
  up = this.#running(engine.up);
  refresh = (): Promise<Recorded> => this.#running(engine.refresh)([]);
  destroy = (): Promise<Recorded> => this.#running(engine.destroy)([]);

  #running(verb: (options: RunOptions) => Promise<RunResult>) {
    return async (
      declarations: readonly Declaration[],
      settings: Settings = {},
      more: Partial<RunOptions> = {},
    ): Promise<Recorded> => {
      const events: EngineEvent[] = [];
      this.provider.calls.length = 0;
      const result = await verb({
        ...optionsFor(this.target, declarations, settings),
        providers: [this.provider],
        ...more,
        onEvent: (event) => {
          events.push(event);
          more.onEvent?.(event);
        },
      });
      return {
        ...result,
        events,
        plan: result.steps
          .filter(({ type }) => type.startsWith("fake:") || type.startsWith("test:"))
          .map(({ verb: planned, name }) => `${planned} ${name}`),
        log: events.flatMap((event) =>
          event.kind === "diagnostic" ? [`${event.severity}: ${event.message}`] : [],
        ),
      };
    };
  }
}
