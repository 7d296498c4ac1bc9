import type { Remaining } from "./baseline.ts";
import type { Severity } from "./control.ts";

/** The levels of SARIF, and the scores by which code hosts sort security results. */
const LEVELS: Readonly<Record<Severity, { readonly level: string; readonly score: string }>> = {
  critical: { level: "error", score: "9.5" },
  high: { level: "error", score: "8.0" },
  medium: { level: "warning", score: "5.0" },
  low: { level: "note", score: "2.0" },
};

/** Results have no line in a file: they are about a cluster, which this names. */
const uriOf = (stack: string) => `Pulumi.${stack}.yaml`;

/** An audit as SARIF 2.1.0, which code hosts and dashboards read. */
export function sarif({ results }: Remaining, stack: string): unknown {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "kafka-platform audit",
            rules: results.map(({ control: { id, title, fix, source, severity } }) => ({
              id,
              shortDescription: { text: `${title}.` },
              help: { text: `${fix} (${source})` },
              defaultConfiguration: { level: LEVELS[severity].level },
              properties: { "security-severity": LEVELS[severity].score, tags: ["security"] },
            })),
          },
        },
        invocations: [
          {
            // What could not be looked at is no result; it must not look like one that was passed.
            executionSuccessful: results.every(({ notSeen }) => notSeen.length === 0),
            toolExecutionNotifications: results.flatMap(({ control: { id }, notSeen }) =>
              notSeen.map((why) => ({
                level: "error",
                message: { text: `${id}: could not look: ${why}` },
                associatedRule: { id },
              })),
            ),
          },
        ],
        results: results.flatMap(({ control: { id, severity }, found }, ruleIndex) =>
          found.map(({ subject, seen, accepted }) => ({
            ruleId: id,
            ruleIndex,
            level: LEVELS[severity].level,
            message: { text: `${subject}: ${seen}` },
            locations: [
              {
                physicalLocation: { artifactLocation: { uri: uriOf(stack) } },
                logicalLocations: [{ fullyQualifiedName: `${stack}/${subject}`, kind: "resource" }],
              },
            ],
            partialFingerprints: { finding: `${id}/${subject}` },
            ...(accepted && {
              suppressions: [{ kind: "external", justification: accepted.reason }],
            }),
          })),
        ),
      },
    ],
  };
}
