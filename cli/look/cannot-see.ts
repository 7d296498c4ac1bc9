import type { ClusterView } from "../../model/observability/cluster-view.ts";

/** What a look could not see of some parts, a line each: an empty answer would be taken for none. */
export const cannotSee = ({ parts }: Pick<ClusterView, "parts">, wanted: readonly string[]) =>
  parts
    .filter(({ part, result }) => wanted.includes(part) && result !== "seen")
    .map(({ part, result, reason = "" }) =>
      result === "denied"
        ? `${part.replaceAll("_", " ")}: no right to see them all. ${reason}`
        : `${part.replaceAll("_", " ")}: not all could be asked. ${reason}`,
    );
