/**
 * Whether a run in which nothing changes grows with the number of resources and no faster: ratios of
 * runs over 1,000, 2,000 and 4,000 resources, drivers and program simulated. Run it with `npm run benchmark`.
 */
import { thing } from "../engine/declaration.ts";
import { Simulation } from "../engine/simulation.ts";

async function noChangeRun(count: number): Promise<number> {
  const engine = new Simulation();
  const all = Array.from({ length: count }, (_, index) =>
    index === 0 ? thing("t0") : thing(`t${String(index)}`, { text: { $output: "t0.address" } }),
  );
  await engine.up(all);
  const since = performance.now();
  const { changes } = await engine.up(all);
  if (changes.same < count)
    throw new Error(`only ${String(changes.same)} of ${String(count)} unchanged`);
  return performance.now() - since;
}

await noChangeRun(500); // warms the compiler up
const base = await noChangeRun(1000);
for (const count of [2000, 4000]) {
  const ratio = (await noChangeRun(count)) / base;
  const linear = count / 1000;
  console.log(
    `${String(count)} resources  ${ratio.toFixed(2)} × the time of 1000  (linear: ${linear.toFixed(2)})`,
  );
}
