/** A part of a comment that may be cut short. */
export interface Section {
  /** Its heading. @default none, where the opening says what it is */
  readonly title?: string;
  /** What comes before the items, such as the head of a table. */
  readonly opening: string;
  /** What comes after them, such as the end of what is folded away. @default nothing */
  readonly closing?: string;
  /** The most important first; each is shown whole or not at all. */
  readonly items: readonly string[];
  /** What is said of items that are left out. */
  readonly more: (count: number) => string;
}

/**
 * A head and sections within `limit` bytes. Sections that need less than their share leave the rest to
 * the others; of those that need more, the first items are shown and the rest is counted.
 */
export function fitSections(head: string, sections: readonly Section[], limit: number): string {
  const budgets = shares(
    sections.map((section) => bytes(whole(section))),
    limit - bytes(head),
  );
  return [head, ...sections.map((section, index) => shortened(section, budgets[index] ?? 0))].join(
    "",
  );
}

/** Divides `total` among needs: nobody gets more than it needs, and what is left over goes to the rest. */
export function shares(needs: readonly number[], total: number): number[] {
  const result = needs.map(() => 0);
  const ascending = needs.map((need, index) => ({ need, index })).sort((a, b) => a.need - b.need);
  let left = Math.max(0, total);
  ascending.forEach(({ need, index }, done) => {
    const share = Math.min(need, Math.floor(left / (ascending.length - done)));
    result[index] = share;
    left -= share;
  });
  return result;
}

const opened = ({ title, opening }: Section): string =>
  `${title === undefined ? "" : `\n\n#### ${title}`}\n\n${opening}`;

const whole = (section: Section): string =>
  opened(section) + section.items.join("\n") + (section.closing ?? "");

function shortened(section: Section, budget: number): string {
  if (bytes(whole(section)) <= budget) return whole(section);
  const { items, more, closing = "" } = section;
  let text = opened(section);
  let left = budget - bytes(text) - bytes(more(items.length)) - bytes(closing) - 1;
  let shown = 0;
  for (const item of items) {
    left -= bytes(item) + 1;
    if (left < 0) break;
    text += `${item}\n`;
    shown += 1;
  }
  // A table ends with an empty line.
  const rest = (section.opening === "" ? "" : "\n") + more(items.length - shown) + closing;
  return bytes(text + rest) <= budget || shown > 0 ? text + rest : "";
}

const bytes = (text: string): number => Buffer.byteLength(text);
