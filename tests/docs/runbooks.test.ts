import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { ALERT_KINDS } from "../../model/alerting/alert-kinds.ts";
import { pages, ROOT } from "./pages.ts";

const RUNBOOKS = "docs/runbooks";
const kinds = Object.values(ALERT_KINDS).flat();

/** Pages of alerts are called as the alerts are, those of tasks in lower case. */
const ofAlerts = (files: readonly string[]): string[] =>
  files.map((file) => path.basename(file, ".md")).filter((name) => /^[A-Z]/.test(name));

/** Alerts without a page, and pages without an alert. */
function unmatched(names: readonly string[], files: readonly string[]): string[] {
  const written = ofAlerts(files);
  return [
    ...names.filter((name) => !written.includes(name)).map((name) => `${name}: no page`),
    ...written.filter((name) => !names.includes(name)).map((name) => `${name}: no alert`),
  ];
}

const files = readdirSync(path.join(ROOT, RUNBOOKS));

test("every alert has its page, and every page its alert", () => {
  expect(
    unmatched(
      kinds.map(({ name }) => name),
      files,
    ),
  ).toEqual([]);
});

test("an alert without a page is found, and a page without an alert", () => {
  expect(unmatched(["KafkaNews"], ["KafkaOlds.md", "upgrade-kafka.md"])).toEqual([
    "KafkaNews: no page",
    "KafkaOlds: no alert",
  ]);
});

test("every page of an alert says what it means, why it comes, and what to do", () => {
  for (const { name } of kinds) {
    const text = pages.get(`${RUNBOOKS}/${name}.md`) ?? "";
    const headings = [...text.matchAll(/^##? (.*)$/gm)].map(([, heading]) => heading);
    expect(headings.slice(0, 3), name).toEqual([name, "Likely causes", "What to do"]);
    expect(text.split("\n").length, name).toBeLessThan(60);
  }
});
