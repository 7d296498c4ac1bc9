import { bundleWarnings } from "../../model/credentials/certificate-authority.ts";
import { exporterDeclarations } from "../../model/observability/exporter-declarations.ts";
import { exporterConfigSchema } from "../../model/observability/exporter-config.ts";
import { targetOf } from "../../model/stack/cluster-kinds.ts";
import type { StackConfig } from "../../model/stack/stack-config.ts";
import { isoDay } from "../../model/values/iso-day.ts";
import type { Catalogue } from "../../model/catalogue/catalogue.ts";
import type { LookedFor } from "../../operations/health/looker.ts";

/** A password that has to be rotated within so many days is told. */
const SOON_DAYS = 14;
const DAY_MS = 86_400_000;

/** What a command that looks at a cluster knows of it beforehand. */
export function lookedFor(catalogue: Catalogue, config: StackConfig, now: Date): LookedFor {
  const { brokers } = targetOf(config);
  const { environment, credentials, cluster } = config;
  const written = exporterDeclarations(catalogue, { environment, credentials, brokers });
  const declared = exporterConfigSchema.shape.declared.parse(written);
  return { cluster: cluster.name, declared, ends: endings(declared, config, now) };
}

/** Certificates and passwords that have ended, or do so soon; a sentence without its full stop each. */
function endings(
  { credentials }: LookedFor["declared"],
  { cluster }: StackConfig,
  now: Date,
): string[] {
  const bundle = cluster.kind === "kubernetes" ? cluster.caCertificate : undefined;
  const authority = bundle === undefined ? [] : bundleWarnings(bundle, now);
  const soon = isoDay(new Date(now.getTime() + SOON_DAYS * DAY_MS));
  const due = credentials
    .filter((one) => one.due <= soon)
    .toSorted((one, other) => (one.due < other.due ? -1 : 1))
    .map(({ account, due: day }) => {
      const past = day < isoDay(now) ? "was to be rotated by" : "is to be rotated by";
      return `The password of ${account} ${past} ${day} (npx kafka-platform rotate ${account})`;
    });
  return [...authority.map((warning) => `The authority: ${warning}`), ...due];
}
