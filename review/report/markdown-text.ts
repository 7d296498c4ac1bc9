/** Text that others wrote, made safe for a comment on GitHub: it is shown as it is, and means nothing. */

const INVISIBLE = "\u200b";

/** A name or a value, as code. Fenced by one backtick more than it has in a row. */
export function code(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  if (line === "") return "(empty)";
  const runs = line.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  const padding = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** A sentence: no markup, no mention, no reference to an issue. */
export const prose = (text: string): string =>
  text
    .replaceAll(/\s+/g, " ")
    .trim()
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_{}[\]()|~!]/g, (sign) => `\\${sign}`)
    .replaceAll(/[@#]/g, (sign) => `${sign}${INVISIBLE}`);

/** A cell of a table, of what {@link code} or {@link prose} made. */
export const cell = (markdown: string): string => markdown.replaceAll(/(?<!\\)\|/g, "\\|");

/** A sentence within HTML, where Markdown's own signs mean nothing. */
export const html = (text: string): string =>
  text
    .replaceAll(/\s+/g, " ")
    .trim()
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[@#]/g, (sign) => `${sign}${INVISIBLE}`);

/** A name or a value within HTML. */
export const htmlCode = (text: string): string => `<code>${html(text)}</code>`;
