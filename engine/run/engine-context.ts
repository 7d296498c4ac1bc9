import type { Drivers } from "../drivers/registry.ts";
import type { State } from "../state/state.ts";
import type { Connections } from "./connections.ts";
import type { Hooks } from "./hooks.ts";
import type { Run } from "./run.ts";

/** What everything that is done in a run works with. */
export interface EngineContext {
  readonly run: Run;
  readonly state: State;
  readonly drivers: Drivers;
  readonly connections: Connections;
  readonly hooks: Hooks;
  /** Takes over what exists already of what is to be created. @default false */
  readonly adopts?: boolean;
  /** Before an update: whether what is recorded is there. @default what is recorded is believed */
  readonly look?: {
    /** What the provider serves has been looked at. */
    done(provider: string): Promise<void>;
    /** Whoever could be asked has been. */
    settled(): Promise<void>;
  };
}
