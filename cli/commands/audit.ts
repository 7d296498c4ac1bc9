import { readFileSync } from "node:fs";
import { targetOf } from "../../model/stack/cluster-kinds.ts";
import { isoDay } from "../../model/values/iso-day.ts";
import { messageOf, UserError } from "../../model/values/user-error.ts";
import { type Acceptance, readBaseline, withoutAccepted } from "../../operations/audit/baseline.ts";
import { CONTROLS } from "../../operations/audit/controls.ts";
import { judge } from "../../operations/audit/judge.ts";
import { sarif } from "../../operations/audit/sarif.ts";
import { auditView } from "../audit/audit-of-stack.ts";
import { auditJson } from "../audit/report-json.ts";
import { reportLines, tally } from "../audit/report-text.ts";
import { engineOf } from "../engines/engine-facts.ts";
import { declaredCatalogue, reported } from "../stack/declared-catalogue.ts";
import { stackConfig } from "../stack/effective-config.ts";
import { stackOf } from "../stack/project.ts";
import { oneOf, text } from "../terminal/arguments.ts";
import { EXIT, type Command, stackFlags } from "../terminal/command.ts";

export const command: Command = {
  description:
    "Compares rights, logins, quotas, topics, brokers, certificates and files with what is declared; " +
    "docs/audit.md lists the controls. Changes nothing. What could not be looked at is said, and ends with exit code 1.",
  needsAttention: "something was found that no baseline accepts",
  flags: {
    ...stackFlags,
    baseline: {
      type: "string",
      value: "FILE",
      description: "findings that are known, in JSON, each with a reason, who agreed, and an end",
    },
    format: {
      type: "string",
      value: "text|json|sarif",
      description: "json and sarif (2.1.0) are one document on standard output (default: text)",
    },
  },
  async run(args) {
    const format = oneOf("format", text(args, "format") ?? "text", ["text", "json", "sarif"]);
    const accepted = baselineOf(text(args, "baseline"));
    const stack = stackOf(args);
    const config = stackConfig(stack);
    const catalogue = declaredCatalogue(targetOf(config));
    const today = new Date();
    const view = await auditView(await engineOf(args, stack), stack, { config, catalogue, today });
    const remaining = withoutAccepted(judge(CONTROLS, view), accepted, today);
    const documents = {
      text: () => reportLines(remaining).join("\n"),
      json: () => JSON.stringify(auditJson(remaining, stack.name, isoDay(today)), undefined, 2),
      sarif: () => JSON.stringify(sarif(remaining, stack.name), undefined, 2),
    };
    console.log(documents[format]());
    const { findings, notSeen } = tally(remaining);
    if (findings > 0) return EXIT.needsAttention;
    return notSeen > 0 ? EXIT.error : EXIT.fine;
  },
};

function baselineOf(file: string | undefined): readonly Acceptance[] {
  if (file === undefined) return [];
  let written: unknown;
  try {
    written = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UserError(`--baseline ${file}: wanted a file in JSON; ${messageOf(error)}`);
  }
  return reported(() => readBaseline(written, file, CONTROLS));
}
