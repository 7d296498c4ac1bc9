/** One scenario from a healthy cluster to a healthy cluster, under load, with every record accounted for. */
import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { Load, readByBoth } from "./checker/clients.ts";
import { acceptedPerSecond } from "./checker/measures.ts";
import { judge, type Verdict } from "./checker/verdict.ts";
import { type ClusterUnderTest, MIN_ISR } from "./cluster.ts";
import {
  brokenPromises,
  type Kind,
  type Measured,
  missedTimes,
  type Scenario,
} from "./scenario.ts";

const TOPICS = 3;
const PARTITIONS = 4;
/** 1,000 records a second keep two cores busy by themselves: then every restart is one too many. */
const LOAD = { producers: 3, rate: 300, minIsr: MIN_ISR };
/** Before the harm and after the healing: what is usual is measured too. */
const CALM_SECONDS = 10;
/** What Java compiles after its first start is neither usual nor the harm: on two cores it takes this long. */
const WARM_UP_SECONDS = 60;

export interface Result {
  readonly name: string;
  readonly title: string;
  readonly kind: Kind;
  /** When it was begun, in ISO 8601. */
  readonly at: string;
  /** From the first record to the last one read back. */
  readonly seconds: number;
  /** Load average of the machine's last minute before it was begun: what else it had to do. */
  readonly machineLoad?: number;
  readonly verdict?: Verdict;
  readonly measured: readonly Measured[];
  /** What of the records, or of the cluster, is not as promised; empty when all of it is. */
  readonly broken: readonly string[];
  /** What took longer than is promised. */
  readonly late?: readonly string[];
  readonly timeline?: Timeline;
}

export interface Timeline {
  /** Records accepted in each second of the load. */
  readonly accepted: readonly number[];
  /** Seconds from the start of the load to the harm, and to when the cluster was well again. */
  readonly harmed: number;
  readonly healed: number;
}

/**
 * Runs a scenario. Whatever goes wrong is told in the result; the cluster may be left unhealthy.
 *
 * @param image for a scenario that puts up its own cluster
 */
export async function runScenario(
  cluster: ClusterUnderTest,
  scenario: Scenario,
  image?: string,
): Promise<Result> {
  const { name, title, kind, writes } = scenario;
  const began = new Date();
  const passed = () => (Date.now() - began.getTime()) / 1000;
  const own = Array.from({ length: TOPICS }, (_, at) => `faults.${name}.${String(at)}`);
  const topics = writes?.topics ?? own;
  const [machineLoad = NaN] = loadavg();
  const common = { name, title, kind, at: began.toISOString(), machineLoad };
  let load: Load | undefined;
  try {
    await scenario.begin?.(cluster, image);
    await cluster.healthy();
    await warmUp(cluster);
    if (!writes) await cluster.createTopics(own, PARTITIONS);
    load = await Load.start({ config: await cluster.config(writes?.account), topics, ...LOAD });
    const [loaded, harmed, measured, healed] = [
      Date.now(),
      await calm(),
      await scenario.run(cluster, load),
      Date.now(),
    ];
    await calm();
    const journal = await load.stop();
    // The admin's login may be another one by now.
    const reader = { config: await cluster.config(), ...(await cluster.tools()) };
    const verdict = judge(journal, await readByBoth({ topics, ...reader }));
    const accepted = acceptedPerSecond(journal.acknowledged);
    return {
      ...{ ...common, seconds: passed(), verdict, measured },
      broken: brokenPromises(scenario, verdict),
      late: missedTimes(scenario, verdict, measured),
      timeline: {
        accepted,
        harmed: Math.round((harmed - loaded) / 1000),
        healed: Math.round((healed - loaded) / 1000),
      },
    };
  } catch (error) {
    const broken = [error instanceof Error ? error.message : String(error)];
    return { ...common, seconds: passed(), measured: [], broken };
  } finally {
    await load?.abandon();
    if (!writes) await cluster.deleteTopics(own).catch(() => undefined);
  }
}

/** Loads a cluster that has just been put up, once; what becomes of these records is not looked at. */
async function warmUp(cluster: ClusterUnderTest): Promise<void> {
  if (cluster.isWarm) return;
  const topics = Array.from({ length: TOPICS }, (_, at) => `faults.warm-up.${String(at)}`);
  await cluster.createTopics(topics, PARTITIONS);
  const load = await Load.start({ config: await cluster.config(), topics, ...LOAD });
  try {
    await sleep(WARM_UP_SECONDS * 1000);
  } finally {
    await load.abandon();
    await cluster.deleteTopics(topics);
  }
  cluster.isWarm = true;
}

async function calm(): Promise<number> {
  await sleep(CALM_SECONDS * 1000);
  return Date.now();
}
