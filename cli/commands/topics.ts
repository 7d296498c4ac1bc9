import { setTimeout as sleep } from "node:timers/promises";
import type { BrokerLinks } from "../../clients/kafka/observation/broker-links.ts";
import type { TopicSetting } from "../../clients/kafka/observation/topic-settings.ts";
import { topicUsage } from "../../model/catalogue/topic-usage.ts";
import { CANARY_TOPIC } from "../../model/observability/exporter-access.ts";
import { runsExporter } from "../../model/observability/observability-settings.ts";
import { targetOf } from "../../model/stack/cluster-kinds.ts";
import { topicSpec } from "../../model/topic/topic-spec.ts";
import { noSuch } from "../../model/values/spelling.ts";
import { messageOf, UserError } from "../../model/values/user-error.ts";
import { engineOf } from "../engines/engine-facts.ts";
import { cannotSee } from "../look/cannot-see.ts";
import { lookedFor } from "../look/looked-for.ts";
import { topicDetail, topicTable } from "../look/topic-text.ts";
import { asOperator } from "../stack/admin-connection.ts";
import { declaredCatalogue } from "../stack/declared-catalogue.ts";
import { stackConfig } from "../stack/effective-config.ts";
import { stackOf } from "../stack/project.ts";
import { print, text } from "../terminal/arguments.ts";
import { EXIT, FORMAT, type Command, stackFlags } from "../terminal/command.ts";

const DEADLINE_MS = 4_000;
/** How long the ends of a topic are watched for its rate. */
const SAMPLE_MS = 1_000;

export const command: Command = {
  description:
    "Each beside its declaration: declared, undeclared, or declared and missing. With a name: its partitions, " +
    "settings with who sets them, who writes and reads it, groups with their lag.",
  positionals: { usage: "[NAME]", counts: [0, 1] },
  needsAttention: "a declared topic is missing",
  flags: {
    ...stackFlags,
    prefix: { type: "string", value: "P", description: "topics whose name begins so" },
    format: FORMAT,
  },
  async run(args) {
    const stack = stackOf(args);
    const config = stackConfig(stack);
    const target = targetOf(config);
    const catalogue = declaredCatalogue(target);
    const engine = await engineOf(args, stack);
    const [name] = args.rest;
    const prefix = text(args, "prefix") ?? "";
    return asOperator(engine, stack, DEADLINE_MS, async ({ links, controllers }) => {
      const { Looker } = await import("../../operations/health/looker.ts");
      const { endOf, topicReports } = await import("../../operations/topics/topic-report.ts");
      const looker = new Looker(links, controllers, lookedFor(catalogue, config, new Date()));
      const view = await looker.look();
      const names = catalogue.topics.map((topic) => topic.name);
      const declared = [...names, ...(runsExporter(config) ? [CANARY_TOPIC] : [])];
      const blind = cannotSee(view, ["cluster", "topics", "log_dirs"]);
      for (const line of blind) console.error(`cannot see: ${line}`);
      if (cannotSee(view, ["cluster", "topics"]).length > 0) {
        const lines = ["Which topics there are is not known."];
        print(args, { lines, json: { topics: null, cannotSee: blind } });
        return EXIT.error;
      }
      const all = topicReports(looker.state, view, declared);
      if (name === undefined) {
        const shown = all.filter((one) => one.name.startsWith(prefix));
        print(args, { lines: topicTable(shown), json: { topics: shown, cannotSee: blind } });
        if (blind.length > 0) return EXIT.error;
        return shown.some(({ standing }) => standing === "missing")
          ? EXIT.needsAttention
          : EXIT.fine;
      }
      const report = all.find((one) => one.name === name);
      if (!report)
        throw new UserError(
          noSuch(
            "topic",
            name,
            all.map((one) => one.name),
          ),
        );
      const state = looker.state.topics.get(name);
      const topic = catalogue.topics.find((one) => one.name === name);
      const usage = topicUsage(catalogue);
      const accounts = (edges: readonly { readonly topic: string; readonly account: string }[]) => [
        ...new Set(edges.filter((one) => one.topic === name).map(({ account }) => account)),
      ];
      const [before, since] = [state && endOf(state), performance.now()];
      if (state) {
        await sleep(SAMPLE_MS);
        await looker.sample();
      }
      const end = state && endOf(state);
      const seconds = (performance.now() - since) / 1000;
      const detail = {
        ...{ report, state },
        settings: state ? await settingsOf(links, name) : [],
        declared: topic ? topicSpec(topic, config.environment, target.brokers).config : {},
        ...{ writers: accounts(usage.writers), readers: accounts(usage.readers) },
        groups: view.groups.filter((one) => one.topic === name),
        rate: before === undefined || end === undefined ? undefined : (end - before) / seconds,
      };
      const partitions = state?.partitions.map(({ leader, replicas, inSync, bounds }) => {
        return { leader, replicas, inSync, bounds };
      });
      print(args, {
        lines: topicDetail(detail),
        json: { ...detail, state: undefined, partitions, cannotSee: blind },
      });
      if (blind.length > 0) return EXIT.error;
      return report.standing === "missing" ? EXIT.needsAttention : EXIT.fine;
    });
  },
};

async function settingsOf(
  links: BrokerLinks,
  name: string,
): Promise<readonly TopicSetting[] | { readonly unknown: string }> {
  const { topicSettings } = await import("../../clients/kafka/observation/topic-settings.ts");
  try {
    return await topicSettings(links.any, name, links.deadline());
  } catch (error) {
    return { unknown: messageOf(error) };
  }
}
