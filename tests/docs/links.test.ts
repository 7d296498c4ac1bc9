import path from "node:path";
import { expect, test } from "vitest";
import { brokenLinks } from "./links.ts";
import { pages, ROOT } from "./pages.ts";

test("every relative link of a page leads to a file or a heading that exists", () => {
  expect(pages.size).toBeGreaterThan(10);
  expect(brokenLinks(pages, ROOT)).toEqual([]);
});

test("a link to a file or a heading that does not exist is found", () => {
  const planted = new Map([
    ["docs/a.md", "# One\n[x](b.md#two-words) [x](#one) [x](../c.md) `[x](in-code.md)`"],
    ["docs/b.md", "## Two `words`!\n[x](a.md#two) [x](missing.md)\n```\n[x](in-block.md)\n```"],
  ]);
  expect(brokenLinks(planted, path.join(ROOT, "docs"))).toEqual([
    "docs/a.md: ../c.md: no such file",
    "docs/b.md: a.md#two: no such heading",
    "docs/b.md: missing.md: no such file",
  ]);
});

test.each([
  ["README.md", 150],
  ["CONTRIBUTING.md", 150],
  ["docs/glossary.md", 40],
])("%s is short: at most %i lines", (file, most) => {
  expect(pages.get(file)?.trimEnd().split("\n").length).toBeLessThanOrEqual(most);
});

test("every page of docs is in the index, those of decisions in their own", () => {
  const unlisted = [...pages.keys()]
    .filter((file) => file.startsWith("docs/") && !file.endsWith("/README.md"))
    .filter((file) => {
      const folder = file.startsWith("docs/decisions/") ? "docs/decisions" : "docs";
      // Runbooks of alerts are named as the alerts are.
      const index = /^docs\/runbooks\/[A-Z]/.test(file) ? "alerts.md" : "README.md";
      return !pages.get(`${folder}/${index}`)?.includes(`](${file.slice(folder.length + 1)})`);
    });
  expect(unlisted).toEqual([]);
});

test("no page that people wrote links to a domain of the demo, which `new-catalogue` removes", () => {
  const stays = ["account-groups", "domains", "index", "platform"];
  const links = [...pages].flatMap(([file, text]) =>
    file === "docs/catalogue.md"
      ? []
      : [...text.matchAll(/\]\([./]*topics\/([\w-]+)\.ts\)/g)].map(([, domain = ""]) => domain),
  );
  expect(links).toContain("platform");
  expect(links.filter((domain) => !stays.includes(domain))).toEqual([]);
});
