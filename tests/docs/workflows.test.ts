import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { pages, ROOT } from "./pages.ts";

test("docs/pull-requests.md has every workflow in its table", () => {
  const text = pages.get("docs/pull-requests.md") ?? "";
  const listed = [...text.matchAll(/^\| `(\w[\w-]*\.yml)`/gm)].map(([, file]) => file);
  const existing = readdirSync(path.join(ROOT, ".github/workflows"));
  expect(listed.toSorted()).toEqual(existing.toSorted());
});
