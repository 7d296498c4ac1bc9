import { z } from "zod";
import { Alertmanager, askAt } from "../../clients/alertmanager/alertmanager.ts";
import { ALERT_KINDS } from "../../model/alerting/alert-kinds.ts";
import { noSuch } from "../../model/values/spelling.ts";
import { UserError } from "../../model/values/user-error.ts";
import { sendTestAlert, type TestOutcome } from "../alerts/test-alert.ts";
import { engineOf } from "../engines/engine-facts.ts";
import { stackConfig } from "../stack/effective-config.ts";
import { stackOf } from "../stack/project.ts";
import { outputsAs, stackOutputs } from "../stack/stack-outputs.ts";
import { print } from "../terminal/arguments.ts";
import { EXIT, type Command, FORMAT, stackFlags } from "../terminal/command.ts";

const outputs = z.object({
  observability: z.object({ alertmanagerUrl: z.string().nullable() }).nullable(),
});

const SEVERITIES = ["critical", "warning", "info"];
/** Longer than alerts of one kind wait for each other, which is half a minute at most. */
const PATIENCE_MS = 60_000;

export const command: Command = {
  description:
    "Sends an alert to Alertmanager, as Prometheus does, and waits until whoever it is for has answered. " +
    "It is ended afterwards. For an Alertmanager on Kubernetes pass --url, with a port-forward running.",
  flags: {
    ...stackFlags,
    severity: {
      type: "string",
      value: "critical|warning|info",
      description: "how bad it is, which decides who is told (default: critical)",
    },
    owner: {
      type: "string",
      value: "NAME",
      description: "whose it is, which decides, too (default: platform)",
    },
    url: {
      type: "string",
      value: "URL",
      description: "where Alertmanager is (default: the stack's own)",
    },
    format: FORMAT,
  },
  positionals: { usage: "ALERT", counts: [1] },
  needsAttention: "nobody was told",
  async run(args) {
    const stack = stackOf(args);
    const [alertname = ""] = args.rest;
    const names = Object.values(ALERT_KINDS).flatMap((kinds) => kinds.map(({ name }) => name));
    if (!names.includes(alertname)) throw new UserError(noSuch("alert", alertname, names));
    const severity = String(args.flags["severity"] ?? "critical");
    if (!SEVERITIES.includes(severity)) {
      throw new UserError(`--severity: given ${severity}; wanted ${SEVERITIES.join(", ")}`);
    }
    const owner = String(args.flags["owner"] ?? "platform");
    const { name: cluster } = stackConfig(stack).cluster;
    const url = args.flags["url"] ?? (await urlOf(await engineOf(args, stack), stack));
    const outcome = await sendTestAlert(
      new Alertmanager(askAt(String(url))),
      { alertname, severity, owner, cluster, test: new Date().toISOString() },
      { patienceMs: PATIENCE_MS },
    );
    print(args, {
      lines: [sentence(outcome)],
      json: { alert: alertname, severity, owner, ...outcome },
    });
    return outcome.kind === "delivered" ? EXIT.fine : EXIT.needsAttention;
  },
};

async function urlOf(
  engine: Awaited<ReturnType<typeof engineOf>>,
  stack: ReturnType<typeof stackOf>,
): Promise<string> {
  const all = await stackOutputs(engine, stack, { showSecrets: false });
  const url = outputsAs(outputs, all, stack).observability?.alertmanagerUrl;
  if (url === undefined || url === null) {
    throw new UserError(
      `Stack ${stack.name} has no Alertmanager: observability turns it on, or --url names another.`,
    );
  }
  return url;
}

function sentence(outcome: TestOutcome): string {
  switch (outcome.kind) {
    case "delivered":
      return `Delivered: receiver ${outcome.receiver} has it, by ${outcome.by.join(" and ")}.`;
    case "failed":
      return `Not delivered: receiver ${outcome.receiver} does not take it by ${outcome.by.join(" and ")}. Alertmanager's log says why.`;
    case "nobody":
      return `Nobody is told: the route ends at receiver ${outcome.receiver}. observability.receivers in the stack file says who is.`;
    case "suppressed":
      return outcome.silences.length > 0
        ? "Nobody is told: a silence is in force."
        : "Nobody is told: another alert that fires holds it back.";
    case "pending":
      return `Not delivered within ${PATIENCE_MS / 1000} s: Alertmanager has sent nothing yet.`;
  }
}
