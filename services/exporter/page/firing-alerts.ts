import { Alertmanager, askAt } from "../../../clients/alertmanager/alertmanager.ts";
import type { AlertView, ClusterView } from "../../../model/observability/cluster-view.ts";

const DEADLINE_MS = 2_000;
/** However many people look, Alertmanager is asked only so often. */
const KEPT_MS = 5_000;
/** It always fires, to prove that alerts are judged: here it would only be in the way. */
const WATCHDOG = "Watchdog";

/** Asks Alertmanager what fires. Never fails: that it does not answer is an answer, too. */
export class FiringAlerts {
  readonly #alertmanager: Alertmanager | undefined;
  #asked: Promise<ClusterView["alerts"]> | undefined;
  #at = -Infinity;

  constructor(url: string | undefined) {
    this.#alertmanager = url === undefined ? undefined : new Alertmanager(askAt(url, DEADLINE_MS));
  }

  async now(): Promise<ClusterView["alerts"]> {
    const alertmanager = this.#alertmanager;
    if (!alertmanager) return undefined;
    if (!this.#asked || performance.now() - this.#at > KEPT_MS) {
      this.#at = performance.now();
      this.#asked = this.#ask(alertmanager);
    }
    return this.#asked;
  }

  async #ask(alertmanager: Alertmanager): Promise<ClusterView["alerts"]> {
    try {
      const firing = await alertmanager.firing();
      return firing
        .map(({ labels, annotations, startsAt }): AlertView => ({
          name: labels["alertname"] ?? "",
          severity: labels["severity"] ?? "",
          owner: labels["owner"] ?? "",
          summary: annotations["description"] ?? annotations["summary"] ?? "",
          runbookUrl: annotations["runbook_url"],
          since: startsAt,
        }))
        .filter(({ name }) => name !== WATCHDOG)
        .toSorted((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
    } catch (error) {
      return { unknown: (error as Error).message };
    }
  }
}

const SEVERITIES = ["critical", "warning", "info"];
const rank = ({ severity }: AlertView) => (SEVERITIES.indexOf(severity) + 4) % 4;
