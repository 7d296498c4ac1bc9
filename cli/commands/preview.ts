import { type Arguments, type Command, OF_A_STACK, oneOf, text } from "../terminal/arguments.ts";
import { declaredCapacity } from "../capacity/declared-capacity.ts";
import { mergedStackFile, stackConfig } from "../stack/effective-config.ts";
import { embeddedHolds } from "../engines/embedded.ts";
import { engineFor } from "../engines/engine-facts.ts";
import { abortOnInterrupt } from "../terminal/interrupt.ts";
import { basisOf } from "../preview/plan-basis.ts";
import { changeOf } from "../preview/plan-changes.ts";
import { planStack } from "../preview/planning.ts";
import { environmentOf, isLocal } from "../preview/planning-config.ts";
import { Progress } from "../terminal/progress.ts";
import { findStack, type Stack } from "../stack/project.ts";
import { runPulumiOn } from "../engines/pulumi-stack.ts";
import { formatJson } from "../../review/report/json.ts";
import { formatMarkdown } from "../../review/report/markdown.ts";
import { counted } from "../../review/report/phrases.ts";
import { makeReport, type Report } from "../../review/report/report.ts";
import { formatText } from "../../review/report/text.ts";
import { exitCode } from "../../review/report/verdict.ts";
import { UserError } from "../../model/values/user-error.ts";

const FORMATS = {
  text: formatText,
  markdown: (report: Report) => formatMarkdown(report),
  json: formatJson,
};

/** Flags of a report, which is always planned by the embedded engine. */
const REPORT_FLAGS = ["base", "state", "format", "detailed-exitcode"];

export const command: Command = {
  summary:
    "what `up` would change: whether it can be taken back, who gains access, which policies it breaks",
  flags: {
    ...OF_A_STACK,
    base: {
      type: "string",
      value: "REF",
      description:
        "compare with where this branch left REF (default for a stack of a team: the main branch); none: with nothing",
    },
    state: {
      type: "string",
      value: "FILE",
      description: "compare with what `pulumi stack export` wrote; needs no passphrase",
    },
    format: {
      type: "string",
      value: "text|markdown|json",
      description: "markdown is one comment for a pull request (default: text)",
    },
    "detailed-exitcode": {
      type: "boolean",
      description: "exit with 3 when there are changes and nothing stands in their way",
    },
  },
  async run(args) {
    const stack = findStack(text(args, "stack"), text(args, "config-file"));
    const format = oneOf("format", text(args, "format") ?? "text", ["text", "markdown", "json"]);
    const progress = new Progress();
    if ((await engineOf(stack, args, progress)) === "pulumi") {
      return runPulumiOn(stack, ["preview"]);
    }
    const report = await reportOn(stack, args, progress);
    if (report === undefined) return 1;
    const detailed = args.flags["detailed-exitcode"] === true;
    const code = exitCode(report.verdict, report.changes.length, { detailed });
    console.log(FORMATS[format](report, code));
    return code;
  },
};

async function engineOf(stack: Stack, args: Arguments, progress: Progress) {
  const asked = REPORT_FLAGS.filter((flag) => args.flags[flag] !== undefined);
  const requested = text(args, "engine");
  if (asked.length > 0 && requested === "pulumi") {
    throw new UserError(
      `--${asked.join(", --")}: reports are planned by the embedded engine; leave out --engine pulumi.`,
    );
  }
  const { engine, because } =
    asked.length > 0 && (requested ?? "auto") === "auto"
      ? ({ engine: "embedded", because: "it plans reports" } as const)
      : await engineFor(stack, args);
  progress.say(`engine: ${engine} (${because})`);
  return engine;
}

/** @returns undefined when there is no plan: what is wrong has been told */
async function reportOn(
  stack: Stack,
  args: Arguments,
  progress: Progress,
): Promise<Report | undefined> {
  const file = mergedStackFile(stack);
  const basis = basisOf({
    base: text(args, "base"),
    state: text(args, "state"),
    embeddedHolds: await embeddedHolds(stack),
    local: isLocal(file),
  });
  const { signal, release } = abortOnInterrupt();
  try {
    return await progress.step(
      `preview ${stack.name}`,
      async () => {
        const onMessage = (message: string): void => progress.say(message);
        const planned = await planStack({ stack, signal, onMessage }, basis);
        const { resources, failures, comparedWith, notes, capacityBefore } = planned;
        for (const { urn, message } of failures) {
          progress.say(`error: ${urn === "" ? "" : `${urn}: `}${message}`);
        }
        if (failures.length > 0) return undefined;
        return makeReport({
          stack: stack.name,
          environment: environmentOf(file),
          comparedWith,
          notes,
          changes: resources.map(changeOf),
          capacity: { before: capacityBefore, after: declaredCapacity(stackConfig(stack)) },
          today: new Date(),
        });
      },
      (report) => (report ? `succeeded, ${counted(report.counts)}` : "failed"),
    );
  } finally {
    release();
  }
}
