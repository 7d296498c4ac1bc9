import { showEvents } from "../../../cli/terminal/display.ts";
import { Progress } from "../../../cli/terminal/progress.ts";
import { kafkaProvider } from "../../../engine/providers.ts";
import { type Configuration, type RunResult, type StackTarget, up } from "../../../engine/index.ts";

/** One run of the embedded engine in a process of its own, shown as a command shows it. */

export interface Order {
  readonly target: StackTarget;
  readonly config: Configuration;
}

export type Report = Pick<RunResult, "changes" | "failures">;

const order = await new Promise<Order>((resolve) => process.once("message", resolve));
const onEvent = showEvents(new Progress(), () => undefined);
const { changes, failures } = await up({ ...order, providers: [kafkaProvider], onEvent });
const report: Report = { changes, failures };
process.send?.(report);
process.disconnect();
