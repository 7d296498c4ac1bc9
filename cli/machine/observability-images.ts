import type Dockerode from "dockerode";
import {
  observabilityKind,
  type ObservabilitySettings,
  type Observer,
  observersOf,
} from "../../model/observability/observability-settings.ts";
import type { StackConfig } from "../../model/stack/stack-config.ts";
import { ensureExporterImage } from "../images/exporter-image.ts";
import { ensureMonitoringImage, type ImageFound } from "../images/monitoring-image.ts";
import { ensureUiImage } from "../images/ui-image.ts";

/** Images of what watches the broker: those that are turned on, all at once; the exporter is made, unless somebody names its image. */
export async function findObservabilityImages(
  config: Pick<StackConfig, "cluster" | "observability">,
  options: {
    readonly docker: Dockerode;
    readonly report: (message: string) => void;
    readonly cacheDir: string;
  },
): Promise<Partial<Record<Observer | "exporter", ImageFound>>> {
  const { exporter } = config.observability;
  const ours =
    observabilityKind(config) !== "none" && exporter.enabled && exporter.image === undefined
      ? [
          ensureExporterImage(options.docker, options.report).then(
            (one) => ["exporter", one] as const,
          ),
        ]
      : [];
  const found = observersOf(config).map(async (program) => {
    const { image } = config.observability[program];
    return [program, await find(program, image, options)] as const;
  });
  return Object.fromEntries(await Promise.all([...found, ...ours]));
}

async function find(
  program: Observer,
  image: string,
  options: Parameters<typeof findObservabilityImages>[1],
): Promise<ImageFound> {
  if (program !== "grafana") return ensureMonitoringImage(program, image, options);
  const missing = await ensureUiImage(options.docker, image, options.report);
  return missing === undefined ? { image, how: "here" } : { missing };
}

/** Another image, or none at all. */
type Override = { readonly image: string } | { readonly enabled: false };

/** What this machine has instead of what the stack file names; what cannot be had is turned off. */
export function imageOverrides(
  settings: ObservabilitySettings,
  found: Partial<Record<Observer | "exporter", ImageFound>>,
): Readonly<Record<string, Override>> | undefined {
  const overrides = Object.entries(found).flatMap(([program, one]): [string, Override][] => {
    if ("missing" in one) return [[program, { enabled: false }]];
    const declared = settings[program as Observer | "exporter"].image;
    return one.image === declared ? [] : [[program, { image: one.image }]];
  });
  return overrides.length === 0 ? undefined : Object.fromEntries(overrides);
}
