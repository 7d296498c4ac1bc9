import type { AlertCondition } from "../../model/alerting/alert-kind.ts";
import { ALERT_KINDS } from "../../model/alerting/alert-kinds.ts";
import { currentText, formatted, type GeneratedFile } from "./generated-file.ts";

/** Everything after this line is made of the alerts. */
const MADE_FROM_HERE = "<!-- From here on `npx kafka-platform generate` writes it. -->";

/** What stands for the times that topics declare. */
const EXAMPLE = { cluster: "kafka", brokers: 3, voters: 3, exporter: true, quietAfter: [3_600] };

/** What people wrote about alerts, and the alerts as they are. */
export const alertsDocument: GeneratedFile = {
  file: "docs/alerts.md",
  text() {
    const [written = ""] = currentText(this.file).split(MADE_FROM_HERE);
    return formatted(this.file, `${written}${MADE_FROM_HERE}\n\n${alertTables()}`, "markdown");
  },
};

const alertTables = (): string =>
  Object.entries(ALERT_KINDS)
    .map(([subject, kinds]) =>
      [
        `### ${subject.charAt(0).toUpperCase()}${subject.slice(1)}`,
        "",
        "| alert | severity | after | what holds |",
        "| --- | --- | --- | --- |",
        ...kinds.flatMap(({ name, conditions }) => {
          const all = typeof conditions === "function" ? conditions(EXAMPLE) : conditions;
          return all.map((one) => row(name, one));
        }),
      ].join("\n"),
    )
    .join("\n\n");

const row = (name: string, { severity, description, ...condition }: AlertCondition): string =>
  `| [${name}](runbooks/${name}.md) | ${severity} | ${condition.for ?? "at once"} | ${example(description)} |`;

/** The template with what it shows in words. */
const example = (description: string): string =>
  description
    .replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => label.toUpperCase())
    .replaceAll(/\{\{ \$value[^}]*\}\}/g, "N");
