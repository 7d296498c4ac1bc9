/**
 * How fast everything declared comes into being on a real Kafka, as ratios measured in one run:
 * the dev catalogue against Kafka's own tools (Docker), and thousands of objects on a broker from
 * the jars (Java 17). Ends with exit code 1 where a limit is missed.
 *
 *   node tests/benchmarks/kafka.ts [catalogue|scale] [--full]
 */
import { parseArgs } from "node:util";
import { catalogueFigure } from "./catalogue.ts";
import { type Figure, isMet, print } from "./measure.ts";
import { scaleFigures } from "./scale.ts";

const { values, positionals } = parseArgs({
  options: { full: { type: "boolean", default: false } },
  allowPositionals: true,
});
const wants = (part: string) => positionals.length === 0 || positionals.includes(part);
const report = (figure: Figure) => {
  print(figure);
  if (!isMet(figure)) process.exitCode = 1;
};
if (wants("scale")) await scaleFigures(report);
if (wants("catalogue")) report(await catalogueFigure(values.full));
