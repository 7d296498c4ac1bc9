import { isSet, oneOf, text } from "../terminal/arguments.ts";
import { EXIT, type Arguments, type Command, stackFlags } from "../terminal/command.ts";
import { declaredCapacity } from "../capacity/declared-capacity.ts";
import { mergedStackFile, stackConfig } from "../stack/effective-config.ts";
import { holderOf } from "../engines/engine-facts.ts";
import { abortOnInterrupt } from "../terminal/interrupt.ts";
import { type Basis, basisOf } from "../preview/plan-basis.ts";
import { changeOf } from "../preview/plan-changes.ts";
import { planStack } from "../preview/planning.ts";
import { environmentOf, isLocal } from "../preview/planning-config.ts";
import { Progress } from "../terminal/progress.ts";
import { type Stack, stackOf } from "../stack/project.ts";
import { formatJson } from "../../review/report/json.ts";
import { formatMarkdown } from "../../review/report/markdown.ts";
import { counted } from "../../review/report/phrases.ts";
import { makeReport, type Report } from "../../review/report/report.ts";
import { formatText } from "../../review/report/text.ts";
import { exitCode } from "../../review/report/verdict.ts";
import { UserError } from "../../model/values/user-error.ts";

/** The report in each format, as the arguments ask for it. */
const FORMATS = {
  text: (report: Report, _: number, args: Arguments) =>
    formatText(report, { all: isSet(args, "all") }),
  markdown: (report: Report, _: number, args: Arguments) => formatMarkdown(report, maxBytes(args)),
  json: formatJson,
};

/** @returns undefined where it is not given */
function maxBytes(args: Arguments): number | undefined {
  const given = text(args, "max-bytes");
  if (given === undefined) return undefined;
  if (/^[1-9]\d{2,6}$/.test(given)) return Number(given);
  throw new UserError(`--max-bytes ${given}: wanted a number of bytes, 100 or more.`);
}

export const command: Command = {
  description:
    "Needs no Docker, no broker and no account anywhere; the embedded engine plans it, whichever engine holds " +
    "the stack. The CLI's own preview is `npm run pulumi -- preview`.",
  needsAttention:
    "a policy is violated, or a change needs an agreement, is refused or does not fit",
  flags: {
    ...stackFlags,
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
    "max-bytes": {
      type: "string",
      value: "N",
      description:
        "how long the markdown may be, where it is a part of a comment (default: 65,000)",
    },
    all: {
      type: "boolean",
      description: "list what was found before the change, too, and every name (text)",
    },
    "detailed-exitcode": {
      type: "boolean",
      description: "exit with 3 when there are changes and nothing stands in their way",
    },
  },
  async run(args) {
    const stack = stackOf(args);
    const format = oneOf("format", text(args, "format") ?? "text", ["text", "markdown", "json"]);
    // Refused before anything is planned.
    maxBytes(args);
    const progress = new Progress();
    const report = await reportOn(stack, await basisFor(args, stack), progress);
    if (report === undefined) return EXIT.error;
    const detailed = isSet(args, "detailed-exitcode");
    const code = exitCode(report.verdict, report.changes.length, { detailed });
    console.log(FORMATS[format](report, code, args));
    return code;
  },
};

/** What the plan is compared with. An engine is asked for its state only where nothing else is named. */
async function basisFor(args: Arguments, stack: Stack): Promise<Basis> {
  const asked = { base: text(args, "base"), state: text(args, "state") };
  const isNamed = asked.base !== undefined || asked.state !== undefined;
  if (isNamed && text(args, "engine") === "pulumi") {
    throw new UserError(
      "--engine pulumi compares with the state that the CLI holds; leave it out with --base and --state.",
    );
  }
  return basisOf({
    ...asked,
    heldBy: isNamed ? undefined : await holderOf(args, stack),
    local: isLocal(mergedStackFile(stack)),
  });
}

/** @returns undefined when there is no plan: what is wrong has been said */
async function reportOn(
  stack: Stack,
  basis: Basis,
  progress: Progress,
): Promise<Report | undefined> {
  const file = mergedStackFile(stack);
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
