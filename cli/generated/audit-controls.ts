import { CONTROL_GROUPS } from "../../operations/audit/controls.ts";
import { KNOWN_FAULTS, KNOWN_FAULTS_AS_OF } from "../../operations/audit/known-faults.ts";
import { currentText, formatted, type GeneratedFile } from "./generated-file.ts";

/** Everything after this line is made of the controls. */
const MADE_FROM_HERE = "<!-- From here on `npx kafka-platform generate` writes it. -->";

const cell = (text: string): string => text.replaceAll("|", "\\|");

const tables = (): string =>
  CONTROL_GROUPS.flatMap(([about, controls]) => [
    `### ${about}`,
    "",
    "| control | severity | holds where all is well | looks at | what to do | from |",
    "| --- | --- | --- | --- | --- | --- |",
    ...controls.map(({ id, severity, title, looksAt, fix, source }) => {
      const parts = looksAt.length === 0 ? "the stack file" : looksAt.join(", ");
      return `| \`${id}\` | ${severity} | ${cell(title)} | ${parts} | ${cell(fix)} | ${cell(source)} |`;
    }),
    "",
  ]).join("\n");

/** The faults that the control of releases knows. */
const faults = (): string =>
  [
    `### Known faults, as of ${KNOWN_FAULTS_AS_OF}`,
    "",
    "| fault | what it is | fixed in |",
    "| --- | --- | --- |",
    ...KNOWN_FAULTS.map(({ cve, what, fixedIn }) => {
      const record = `https://www.cve.org/CVERecord?id=${cve}`;
      return `| [${cve}](${record}) | ${cell(what)} | ${fixedIn} |`;
    }),
  ].join("\n");

/** What people wrote about audits, and the controls as they are. */
export const auditDocument: GeneratedFile = {
  file: "docs/audit.md",
  text() {
    const [written = ""] = currentText(this.file).split(MADE_FROM_HERE);
    return formatted(
      this.file,
      `${written}${MADE_FROM_HERE}\n\n${tables()}\n${faults()}`,
      "markdown",
    );
  },
};
