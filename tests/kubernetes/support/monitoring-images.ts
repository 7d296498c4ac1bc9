/** Images of what watches the brokers on the lab: made from packages, as where no registry can be reached. */
import path from "node:path";
import Dockerode from "dockerode";
import {
  ensureMonitoringImage,
  type MonitoringProgram,
} from "../../../cli/images/monitoring-image.ts";
import {
  ALERTMANAGER_IMAGE,
  PROMETHEUS_IMAGE,
} from "../../../model/observability/observability-images.ts";
import { importImages } from "./lab.ts";

const cacheDir = path.resolve(import.meta.dirname, "../../../.kafka-platform/cache");

async function imported(program: MonitoringProgram, wanted: string): Promise<{ image: string }> {
  const docker = new Dockerode();
  const report = (): void => undefined;
  const found = await ensureMonitoringImage(program, wanted, { docker, report, cacheDir });
  if ("missing" in found) throw new Error(found.missing);
  const [reference = ""] = await importImages(found.image);
  return { image: reference };
}

/** Gives them to the lab. @returns the settings of a stack that has a Prometheus and an Alertmanager of its own */
export async function bundledOnTheLab(): Promise<object> {
  const alertmanager = await imported("alertmanager", ALERTMANAGER_IMAGE);
  const prometheus = await imported("prometheus", PROMETHEUS_IMAGE);
  return { kind: "bundled", alertmanager, prometheus: { ...prometheus, storage: "256 MiB" } };
}
