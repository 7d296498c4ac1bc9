import { existsSync } from "node:fs";
import path from "node:path";
import type { Pages } from "./pages.ts";

/** Links of Markdown pages that lead nowhere. */

/** What a relative link of `pages` names that does not exist: a file below `root`, or a heading. */
export function brokenLinks(pages: Pages, root: string): string[] {
  const anchors = new Map([...pages].map(([file, text]) => [file, anchorsOf(text)]));
  return [...pages].flatMap(([file, text]) =>
    targetsIn(text).flatMap((target) => {
      const [link = "", anchor] = target.split("#");
      const linked = link === "" ? file : path.posix.join(path.posix.dirname(file), link);
      if (!existsSync(path.join(root, linked)) && !pages.has(linked)) {
        return [`${file}: ${target}: no such file`];
      }
      const known = anchors.get(linked);
      return anchor === undefined || known === undefined || known.has(anchor)
        ? []
        : [`${file}: ${target}: no such heading`];
    }),
  );
}

/** Where the links of a page lead, less those to other sites. */
const targetsIn = (text: string): string[] =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

const withoutBlocks = (text: string): string => text.replaceAll(/^( *)```[\s\S]*?^\1```$/gm, "");
const withoutCode = (text: string): string => withoutBlocks(text).replaceAll(/`[^`\n]*`/g, "");

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of withoutBlocks(text).matchAll(/^#{1,6} (.+)$/gm)) {
    const slug = slugOf(heading);
    let anchor = slug;
    for (let n = 1; anchors.has(anchor); n++) anchor = `${slug}-${n}`;
    anchors.add(anchor);
  }
  return anchors;
}

const slugOf = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
