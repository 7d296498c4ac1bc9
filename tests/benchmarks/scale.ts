import { KafkaAdmin } from "../../clients/kafka/admin.ts";
import type { AclBinding } from "../../clients/kafka/acls.ts";
import { JarBroker } from "../support/kafka/jar-broker.ts";
import { loginOptions } from "../support/kafka/kafka-clients.ts";
import { type Figure, median, seconds, timed } from "./measure.ts";
import { numberedAcls, numberedTopics } from "./numbered-objects.ts";
import { type Measured, NumberedStack } from "./platform-run.ts";

const ROUNDS = 3;
const EACH = 1000;
/** Of the engine's time above a run without changes, in bare requests. */
const LIMIT = 2;
/** As the engine's: a slow disk takes long over a thousand logs. */
const DEADLINE_MS = 120_000;
const NOTHING = { topics: 0, acls: 0 };
const SIZES = [1000, 2500, 5000] as const;

/** What thousands of objects cost on a real broker: applying them, memory, and a run without changes. */
export async function scaleFigures(report: (figure: Figure) => void): Promise<void> {
  const broker = await JarBroker.start({ heapMb: 512 });
  const stack = new NumberedStack(broker);
  const admin = await KafkaAdmin.connect({ ...loginOptions(broker), deadlineMs: DEADLINE_MS });
  try {
    await stack.up(NOTHING);
    for (const figure of await applying(stack, admin)) report(figure);
    report(await growth(stack));
  } finally {
    await admin.close();
    stack.remove();
    await broker.destroy();
  }
}

async function applying(stack: NumberedStack, admin: KafkaAdmin): Promise<Figure[]> {
  const runs: Measured[] = [];
  const same: Measured[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await bareRequests(admin));
    runs.push(await stack.up({ topics: EACH, acls: EACH }));
    same.push(await stack.up({ topics: EACH, acls: EACH }));
    await stack.up(NOTHING);
  }
  const [run, unchanged, requests] = [inSeconds(runs), inSeconds(same), median(bare)];
  // Neighbours in time share what else the machine was doing.
  const differences = runs.map((one, round) => one.seconds - (same[round]?.seconds ?? 0));
  const difference = median(differences);
  const noise = Math.max(...differences) - Math.min(...differences);
  const margin = LIMIT * requests;
  const loud = difference <= 0 || noise > margin;
  const peak = (of: "largest" | "sum") => Math.max(...runs.map(({ memory }) => memory[of]));
  const what = "1,000 topics + 1,000 ACLs";
  return [
    {
      what: `${what}: applying`,
      measured: difference / requests,
      limit: LIMIT,
      wanted: "at most",
      unit: "×",
      how: `run ${seconds(run)} - no change ${seconds(unchanged)}; bare batched requests ${seconds(requests)}`,
      doubt: loud
        ? `the difference varies by ${seconds(noise)}, more than can be told from ${seconds(margin)}`
        : undefined,
    },
    {
      what: `${what}: memory`,
      measured: peak("largest"),
      limit: 400,
      wanted: "at most",
      unit: "MB",
      how: `peak RSS of the larger process; engine and program together ${peak("sum").toFixed(0)} MB`,
    },
  ];
}

/** The same objects by the admin client alone, which waits as the engine does until they are visible. */
async function bareRequests(admin: KafkaAdmin): Promise<number> {
  const topics = numberedTopics(EACH).map(({ config, ...rest }) => ({ ...rest, configs: config }));
  const acls = numberedAcls(EACH).map(({ principal, host, resourceName }): AclBinding => ({
    ...{ principal, host, operation: "READ", permissionType: "ALLOW" },
    ...{ resourceType: "TOPIC", resourceName, patternType: "LITERAL" },
  }));
  const taken = await timed(async () => {
    const outcomes = await Promise.all([admin.createTopics(topics), admin.createAcls(acls)]);
    const refused = outcomes.flat().find((outcome) => outcome !== undefined);
    if (refused) throw refused;
  });
  await admin.deleteTopics(topics.map(({ name }) => name));
  await admin.deleteAcls(acls);
  return taken;
}

/** Start-up is the same for any size, so it is taken off before sizes are compared. */
async function growth(stack: NumberedStack): Promise<Figure> {
  const start = inSeconds(await unchangedRuns(stack, NOTHING));
  const grown = new Map<number, number>();
  for (const size of SIZES) {
    const objects = { topics: size / 2, acls: size / 2 };
    await stack.up(objects);
    grown.set(size, inSeconds(await unchangedRuns(stack, objects)) - start);
  }
  const [least, , most] = SIZES;
  const per = (size: number) => (grown.get(size) ?? 0) / size;
  const sizes = [...grown].map(([size, taken]) => `${size} ${seconds(taken)}`).join(", ");
  return {
    what: "no change, 5,000 against 1,000",
    measured: per(most) / per(least),
    limit: 1.5,
    wanted: "at most",
    unit: "×",
    how: `time per object; above the ${seconds(start)} of an empty stack: ${sizes}`,
  };
}

async function unchangedRuns(stack: NumberedStack, objects: typeof NOTHING): Promise<Measured[]> {
  const runs: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) runs.push(await stack.up(objects));
  return runs;
}

const inSeconds = (runs: readonly Measured[]): number => median(runs.map((run) => run.seconds));
