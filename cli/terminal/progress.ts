const HEARTBEAT_MS = 2_000;
const PLAIN_HEARTBEAT_MS = 15_000;

/** Seconds with one digit, such as `3.4 s`. */
export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** Where progress is written: standard error, so that standard output stays the command's result. */
export interface Terminal {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/**
 * Tells what is going on and for how long. On a terminal the line of the step in hand is rewritten;
 * elsewhere (a log, a pipe) only whole lines appear, with one more line for steps that take long.
 */
export class Progress {
  #current: { label: string; detail: string; since: number; timer: NodeJS.Timeout } | undefined;
  #silent = false;
  readonly #terminal: Terminal;

  constructor(terminal: Terminal = process.stderr) {
    this.#terminal = terminal;
  }

  /** Something found or decided. */
  say(message: string): void {
    this.#clear();
    this.#terminal.write(`${message}\n`);
  }

  warn(message: string): void {
    this.say(`warning: ${message}`);
  }

  /**
   * Runs `work` under a label; the finished line carries the time it took.
   *
   * @param outcome what to call a result; work that throws has failed
   */
  async step<T>(
    label: string,
    work: (detail: (text: string) => void) => Promise<T>,
    outcome: (result: T) => string = () => "done",
  ): Promise<T> {
    const since = performance.now();
    const every = this.#terminal.isTTY ? HEARTBEAT_MS / 4 : PLAIN_HEARTBEAT_MS;
    const timer = setInterval(() => {
      this.#beat();
    }, every);
    this.#current = { label, detail: "", since, timer };
    try {
      const result = await work((detail) => {
        if (this.#current) this.#current.detail = detail;
      });
      this.#finish(`${label}: ${outcome(result)}`, since);
      return result;
    } catch (error) {
      this.#finish(`${label}: failed`, since);
      throw error;
    } finally {
      clearInterval(timer);
      this.#current = undefined;
    }
  }

  /** Keeps the terminal to `work`, which asks something on it. */
  async silently<T>(work: () => Promise<T>): Promise<T> {
    this.#clear();
    this.#silent = true;
    try {
      return await work();
    } finally {
      this.#silent = false;
    }
  }

  #beat(): void {
    if (!this.#current || this.#silent) return;
    const { label, detail, since } = this.#current;
    const elapsed = performance.now() - since;
    if (elapsed < HEARTBEAT_MS) return;
    const line = `${label} (${seconds(elapsed)})${detail === "" ? "" : `: ${detail}`}`;
    if (this.#terminal.isTTY) this.#terminal.write(`\r\x1b[2K${line.slice(0, 100)}`);
    else this.#terminal.write(`${line}\n`);
  }

  #finish(line: string, since: number): void {
    this.#clear();
    const elapsed = performance.now() - since;
    this.#terminal.write(elapsed < HEARTBEAT_MS ? `${line}\n` : `${line} (${seconds(elapsed)})\n`);
  }

  #clear(): void {
    if (this.#terminal.isTTY) this.#terminal.write("\r\x1b[2K");
  }
}
