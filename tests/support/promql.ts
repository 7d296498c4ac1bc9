import { parser } from "@prometheus-io/lezer-promql";

/** One series that a query asks for: its metric, and the labels that it picks by. */
export interface Selected {
  readonly metric: string;
  readonly labels: readonly string[];
}

/**
 * What a query selects. Not a check of types: promtool does that.
 *
 * @throws Error where the text is not PromQL, with the place
 */
export function selectedBy(query: string): Selected[] {
  const found: { metric: string; labels: string[] }[] = [];
  parser.parse(query).iterate({
    enter({ type, from, to, node }) {
      const text = query.slice(from, to);
      if (type.isError) throw new Error(`not PromQL at ${from}, near "${query.slice(from)}"`);
      if (type.name === "VectorSelector") {
        const name = node.getChild("Identifier");
        found.push({ metric: name ? query.slice(name.from, name.to) : "", labels: [] });
      }
      if (type.name === "LabelName" && node.parent?.name === "UnquotedLabelMatcher") {
        found.at(-1)?.labels.push(text);
      }
    },
  });
  return found;
}
