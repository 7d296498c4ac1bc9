import { setTimeout as sleep } from "node:timers/promises";
import { clusterVerdict, type Verdict } from "../../model/observability/cluster-verdict.ts";
import type { ClusterView } from "../../model/observability/cluster-view.ts";
import { targetOf } from "../../model/stack/cluster-kinds.ts";
import { engineOf } from "../engines/engine-facts.ts";
import { healthLines } from "../look/health-text.ts";
import { lookedFor } from "../look/looked-for.ts";
import { asOperator } from "../stack/admin-connection.ts";
import { declaredCatalogue } from "../stack/declared-catalogue.ts";
import { stackConfig } from "../stack/effective-config.ts";
import { stackOf } from "../stack/project.ts";
import { formatOf, isSet } from "../terminal/arguments.ts";
import { EXIT, FORMAT, type Command, stackFlags } from "../terminal/command.ts";

/** How long one question may take: a broker that is silent is told within it. */
const DEADLINE_MS = 4_000;
const WATCH_MS = 5_000;

export const command: Command = {
  description:
    "The first line says what is wrong, why, and what to run. What cannot be seen (no right, no answer) is said " +
    "so, and ends with exit code 1.",
  needsAttention: "something is broken or degraded",
  flags: {
    ...stackFlags,
    detailed: { type: "boolean", description: "everything, also what is well" },
    watch: { type: "boolean", description: "look again every 5 seconds, until Ctrl-C" },
    format: FORMAT,
  },
  async run(args) {
    const stack = stackOf(args);
    const isJson = formatOf(args) === "json";
    const config = stackConfig(stack);
    const catalogue = declaredCatalogue(targetOf(config));
    const words = {
      flags: stack.name === "dev" ? "" : ` --stack ${stack.name}`,
      detailed: isSet(args, "detailed"),
    };
    const engine = await engineOf(args, stack);
    return asOperator(engine, stack, DEADLINE_MS, async ({ links, controllers }) => {
      const { Looker } = await import("../../operations/health/looker.ts");
      const looker = new Looker(links, controllers, lookedFor(catalogue, config, new Date()));
      for (;;) {
        const view = await looker.look();
        const verdict = clusterVerdict(view);
        console.log(
          isJson ? JSON.stringify(asJson(view, verdict)) : healthLines(view, words).join("\n"),
        );
        if (!isSet(args, "watch")) return EXIT_OF[verdict.state];
        await sleep(WATCH_MS);
        if (!isJson) console.log("");
      }
    });
  },
};

const EXIT_OF: Readonly<Record<Verdict["state"], number>> = {
  fine: EXIT.fine,
  degraded: EXIT.needsAttention,
  broken: EXIT.needsAttention,
  unknown: EXIT.error,
};

/** Infinity has no form in JSON: what does not end is null, as what is not known is left out. */
const asJson = (view: ClusterView, verdict: Verdict) => ({ ...verdict, ...view });
