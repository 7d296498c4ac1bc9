import type { OperationContext } from "../drivers/driver.ts";
import type {
  Changes,
  EngineEvent,
  DriverCall,
  PlannedStep,
  RunResult,
  Severity,
  StepSubject,
} from "./events.ts";
import type { Failure } from "../values/failure.ts";
import { displayAll, type DisplayProperties, type PropertyMap } from "../values/property-values.ts";
import { SecretMasker } from "../values/secret-masker.ts";
import type { ResourceRecord } from "../state/resource-record.ts";
import { parseUrn } from "../values/urn.ts";
import { messageOf, type UserError } from "../../model/values/user-error.ts";

/** Thrown inside a run that has to end: the reason is recorded already. */
export class RunStopped extends Error {}

export interface RunSettings {
  /** Folder of the project. */
  readonly projectDir: string;
  readonly dryRun: boolean;
  /** Driver calls at a time. */
  readonly parallel: number;
  readonly onEvent: (event: EngineEvent) => void;
  /** First Ctrl-C: nothing new starts. */
  readonly signal: AbortSignal;
  /** Second Ctrl-C: drivers give up what they are doing. */
  readonly forceSignal: AbortSignal;
}

/** Bookkeeping of one run: events, faults, counts, the decision to stop, the limit on parallelism. */
export class Run {
  readonly masker = new SecretMasker();
  readonly dryRun: boolean;
  readonly #settings: RunSettings;
  readonly #started = performance.now();
  readonly #steps: PlannedStep[] = [];
  readonly #failures: Failure[] = [];
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(settings: RunSettings) {
    this.#settings = settings;
    this.dryRun = settings.dryRun;
    this.#free = settings.parallel;
  }

  get failed(): boolean {
    return this.#failures.length > 0;
  }

  get interrupted(): boolean {
    return this.#settings.signal.aborted;
  }

  get parallel(): number {
    return this.#settings.parallel;
  }

  /** Whether drivers were told to give up. */
  get forced(): boolean {
    return this.#settings.forceSignal.aborted;
  }

  /** Nothing new may start. A preview goes on after a fault, to report all of them together. */
  isStopped(): boolean {
    return this.interrupted || (this.failed && !this.dryRun);
  }

  emit(event: EngineEvent): void {
    this.#settings.onEvent(event);
  }

  diagnose(severity: Severity, message: string, urn = ""): void {
    this.emit({ kind: "diagnostic", severity, message: this.masker.mask(message), urn });
  }

  /** Records a fault that is not an operation's. */
  fail(error: unknown, urn = ""): void {
    if (error instanceof RunStopped) return;
    const message = this.masker.mask(messageOf(error));
    this.#failures.push({ urn, message });
    this.emit({ kind: "diagnostic", severity: "error", message, urn });
  }

  /** Records a fault that every operation runs into, once. */
  failOnce(fault: UserError | undefined): void {
    if (fault === undefined || this.#failures.some(({ message }) => message === fault.message))
      return;
    this.fail(fault);
  }

  plan(step: Omit<PlannedStep, "name" | "type" | "oldInputs" | "newInputs">, inputs: Inputs): void {
    const { name, type } = parseUrn(step.urn);
    const planned = {
      ...step,
      name,
      type,
      ...(inputs.old && { oldInputs: displayAll(inputs.old) }),
      ...(inputs.new && { newInputs: displayAll(inputs.new) }),
    };
    this.#steps.push(planned);
    this.emit({ kind: "planned", step: planned });
  }

  /**
   * Does one operation, within the limit on parallelism, and reports it. Throws {@link RunStopped}
   * when it failed or may not start any more. Previews are not reported: nothing happens in them.
   */
  async operate<T>(
    verb: DriverCall["verb"],
    record: ResourceRecord,
    replacing: boolean,
    work: (context: OperationContext) => Promise<T>,
  ): Promise<T> {
    await this.#enter();
    const started = performance.now();
    const operation: DriverCall = { ...subjectOf(record), verb, replacing };
    try {
      if (this.isStopped()) throw new RunStopped();
      if (!this.dryRun) this.emit({ kind: "started", operation });
      const result = await work(this.#context(verb, record));
      const elapsedMs = performance.now() - started;
      if (!this.dryRun) this.emit({ kind: "finished", operation, elapsedMs });
      return result;
    } catch (error) {
      if (error instanceof RunStopped) throw error;
      const message = this.masker.mask(messageOf(error));
      this.#failures.push({ urn: record.urn, message });
      const elapsedMs = performance.now() - started;
      this.emit({ kind: "failed", operation, elapsedMs, message });
      throw new RunStopped();
    } finally {
      this.#leave();
    }
  }

  result(outputs: PropertyMap | DisplayProperties): RunResult {
    const status = this.failed ? "failed" : this.interrupted ? "interrupted" : "succeeded";
    if (status === "interrupted") {
      this.diagnose("warning", "interrupted: run the same command again to go on");
    }
    const changes = countChanges(this.#steps);
    const elapsedMs = performance.now() - this.#started;
    this.emit({ kind: "summary", status, changes, elapsedMs });
    return {
      status,
      changes,
      steps: this.#steps,
      failures: this.#failures,
      outputs: displayAll(outputs),
    };
  }

  #context(verb: DriverCall["verb"], { urn, timeouts }: ResourceRecord): OperationContext {
    const timeoutSeconds = verb === "read" ? undefined : timeouts[verb];
    const progress = (message: string): void => {
      this.emit({ kind: "progress", urn, message: this.masker.mask(message) });
    };
    const { forceSignal: signal, projectDir } = this.#settings;
    const context = { urn, signal, progress, projectDir };
    return timeoutSeconds === undefined ? context : { ...context, timeoutSeconds };
  }

  async #enter(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}

interface Inputs {
  readonly old?: PropertyMap;
  readonly new?: PropertyMap;
}

function subjectOf({ urn }: ResourceRecord): StepSubject {
  const { name, type } = parseUrn(urn);
  return { urn, name, type };
}

function countChanges(steps: readonly PlannedStep[]): Changes {
  const changes = { create: 0, update: 0, replace: 0, delete: 0, same: 0, updated: 0, gone: 0 };
  for (const step of steps) changes[step.verb] += 1;
  return changes;
}
