import { ALERT_CASES } from "./alert-cases.ts";
import { INPUT } from "./alerting-input.ts";
import { mutantsOf } from "./mutations.ts";
import { hasTool, MISSING } from "./promtool.ts";
import { alertsOf, conditionOf, stepOf } from "./rule-tests.ts";
import { tryMutants } from "./survivors.ts";

/**
 * `npm run test:mutations [-- NAME]`: spoils every alert in every way, and shows which of it no case notices. Fails
 * below 98 % of mutants that are noticed, or 10 for each rule that looks at anything.
 */
const WANTED = 0.98;
const FEWEST = 10;

if (!hasTool("promtool")) {
  console.log(`skipped: ${MISSING}`);
  process.exit(0);
}
const [only = ""] = process.argv.slice(2);
let tried = 0;
let survived = 0;
let few = 0;
for (const alert of alertsOf(INPUT).filter((one) => conditionOf(one).startsWith(only))) {
  const name = conditionOf(alert);
  const cases = ALERT_CASES[name] ?? [];
  const outcome = await tryMutants(alert, mutantsOf(alert, stepOf(cases)), cases, INPUT);
  tried += outcome.tried;
  survived += outcome.survivors.length;
  if (outcome.tried < FEWEST && alert.alert !== "Watchdog") few += 1;
  console.log(`${name}: ${outcome.tried - outcome.survivors.length} of ${outcome.tried} noticed`);
  for (const change of outcome.survivors) console.log(`    not noticed: ${change}`);
}
const share = tried === 0 ? 0 : (tried - survived) / tried;
console.log(
  `${tried} mutants, ${(share * 100).toFixed(2)} % noticed; ${few} rules with fewer than ${FEWEST}`,
);
process.exitCode = share >= WANTED && few === 0 ? 0 : 1;
