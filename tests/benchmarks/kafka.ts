/**
 * How fast everything declared comes into being on a real Kafka, as ratios measured in one run:
 * the dev catalogue against Kafka's own tools (Docker), and thousands of objects on a broker from
 * the jars (Java 17). Ends with exit code 1 where a limit is missed.
 *
 *   node tests/benchmarks/kafka.ts [catalogue|scale] [--full]
 */
import { parseArgs } from "node:util";
import { catalogueFigure } from "./catalogue.ts";
import { isMet, printTable } from "./measure.ts";
import { scaleFigures } from "./scale.ts";

const { values, positionals } = parseArgs({
  options: { full: { type: "boolean", default: false } },
  allowPositionals: true,
});
const wants = (part: string) => positionals.length === 0 || positionals.includes(part);
const figures = [
  ...(wants("scale") ? await scaleFigures() : []),
  ...(wants("catalogue") ? [await catalogueFigure(values.full)] : []),
];
printTable(figures);
process.exitCode = figures.every(isMet) ? 0 : 1;
