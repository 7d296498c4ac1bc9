import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take minutes, by the ends of their paths: begun late they would run on alone. */
const LONGEST = [
  "tests/kubernetes/platform.test.ts",
  "tests/e2e/platform.test.ts",
  "tests/broker/access/java-clients.test.ts",
  "tests/broker/faults/checker.test.ts",
];

/** Vitest's order, which does not know how long a file takes that was never run here, but those first. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number =>
      LONGEST.findIndex((end) => moduleId.endsWith(end)) + 1 || LONGEST.length + 1;
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
