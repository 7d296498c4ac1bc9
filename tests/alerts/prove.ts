/** Causes faults one after the other, and measures when who was told of what. */
import { setTimeout as sleep } from "node:timers/promises";
import { calledWithin, conditionOf, isThat, labelled, resolvedWithin } from "./conditions.ts";
import type { Awaited, Fault, Harmed, Stage } from "./fault.ts";
import type { Measured } from "./measured.ts";
import type { Told } from "./receiver.ts";
import { firing, heldBack, type Labels } from "./watchers.ts";

const LOOK_EVERY_MS = 3000;
/** Beyond the limit it is measured on, so that the table can say how late it came. */
const LATE_MS = 120_000;
/** For one that is held back Alertmanager is asked after Prometheus. */
const HANDED_OVER_MS = 30_000;

interface Pending {
  readonly measured: Measured;
  readonly awaited: Awaited;
  readonly over: number;
}

const isCall = ({ way, status }: Told): boolean => way === "calls" && status === "firing";

export class Proof {
  /** What was measured, in the order of the faults. */
  readonly measured: Measured[] = [];
  /** What is not as it has to be besides times. */
  readonly complaints: string[] = [];
  readonly #harmed: Harmed;
  readonly #changed: () => void;
  #pending: Pending[] = [];

  /** @param changed is told whenever something more was measured */
  constructor(harmed: Harmed, changed: (proof: Proof) => void = () => undefined) {
    this.#harmed = harmed;
    this.#changed = () => {
      changed(this);
    };
  }

  /**
   * Causes faults that have nothing to do with each other at the same time, waits for their alerts, and ends them; that
   * these resolve is waited for by {@link settle}.
   */
  async prove(...faults: readonly Fault[]): Promise<void> {
    const called = faults.flatMap(({ stages }) => stages.flatMap((stage) => stage.called));
    // What fires already cannot be told anew.
    await this.settle(called);
    const { told } = this.#harmed.receiver;
    const before = told.length;
    await Promise.all(faults.map((fault) => this.#prove(fault)));
    const shown = faults.flatMap(({ stages }) => stages.flatMap((stage) => stage.shown ?? []));
    const mayCall = faults.flatMap((fault) => fault.mayCall ?? []);
    const expected = [...called, ...shown, ...mayCall, ...this.#pending.map((one) => one.awaited)];
    const unexpected = told
      .slice(before)
      .filter((one) => isCall(one) && !expected.some((other) => isThat(other, one.labels)))
      .map(({ labels }) => JSON.stringify(labels));
    for (const labels of new Set(unexpected)) this.#complain(`somebody was called for ${labels}`);
  }

  async #prove(fault: Fault): Promise<void> {
    let lasting: (readonly [Awaited, Measured])[] = [];
    try {
      await fault.prepare?.(this.#harmed);
      for (const stage of fault.stages) {
        const { began, found } = await this.#stage(fault, stage);
        if (stage.endsTheOthers) this.#areOver(lasting, began);
        lasting = [...(stage.endsTheOthers ? [] : lasting), ...found];
      }
    } finally {
      await fault.undo(this.#harmed);
    }
    this.#areOver(lasting, Date.now());
  }

  #areOver(found: readonly (readonly [Awaited, Measured])[], over: number): void {
    for (const [awaited, measured] of found) {
      if (measured.kind !== "called" || measured.after === undefined) continue;
      this.#pending.push({ measured, awaited, over });
    }
  }

  /** Waits until what was told is told to be over. @param only these. Default: all */
  async settle(only?: readonly Awaited[]): Promise<void> {
    const chosen = this.#pending.filter(
      ({ awaited }) => only?.some(({ alert }) => alert === awaited.alert) ?? true,
    );
    for (const { measured, awaited, over } of chosen) {
      const limit = resolvedWithin(conditionOf(awaited));
      measured.resolvedWithin = limit;
      let at = this.#resolvedAt(awaited);
      while (at === undefined && Date.now() < over + limit * 1000) {
        await sleep(LOOK_EVERY_MS);
        at = this.#resolvedAt(awaited);
      }
      if (at !== undefined) measured.resolved = Math.max(0, Math.round((at - over) / 1000));
      console.log(`${measured.alert}: over after ${String(measured.resolved ?? "never")} s`);
      this.#changed();
    }
    this.#pending = this.#pending.filter((one) => !chosen.includes(one));
  }

  #complain(complaint: string): void {
    console.log(`FAILED: ${complaint}`);
    this.complaints.push(complaint);
  }

  async #stage(
    fault: Fault,
    stage: Stage,
  ): Promise<{ began: number; found: (readonly [Awaited, Measured])[] }> {
    const { what, called, heldBack: back = [], shown = [] } = stage;
    console.log(`--- ${fault.name}: ${what}`);
    const began = await stage.cause(this.#harmed);
    const measure = async (
      kind: Measured["kind"],
      awaited: Awaited,
      look: (until: number) => Promise<{ readonly at?: number; readonly by?: readonly string[] }>,
    ) => {
      const within = calledWithin(conditionOf(awaited));
      const { at, by } = await look(began + within * 1000 + LATE_MS);
      const measured: Measured = {
        ...{ fault: fault.name, alert: labelled(awaited), what, kind, within },
        after: at === undefined ? undefined : Math.round((at - began) / 1000),
        ...(by && { by }),
      };
      console.log(
        `${measured.alert}: ${kind} after ${String(measured.after ?? "never")} s, within ${String(within)} s` +
          (by ? `, by ${by.join(", ")}` : ""),
      );
      this.measured.push(measured);
      this.#changed();
      return [awaited, measured] as const;
    };
    const found = await Promise.all([
      ...called.map((one) => measure("called", one, (until) => this.#call(one, began, until))),
      ...back.map((one) => measure("held back", one, (until) => this.#held(one, began, until))),
      ...shown.map((one) => measure("shown", one, (until) => this.#fires(one, until))),
    ]);
    return { began, found };
  }

  async #call(awaited: Awaited, began: number, until: number): Promise<{ at?: number }> {
    while (Date.now() < until) {
      const found = this.#harmed.receiver.told.find(
        (one) => isCall(one) && one.at >= began && isThat(awaited, one.labels),
      );
      if (found) return { at: found.at };
      await sleep(LOOK_EVERY_MS);
    }
    return {};
  }

  async #fires(awaited: Awaited, until: number): Promise<{ at?: number }> {
    const { stack } = this.#harmed.cluster;
    while (Date.now() < until) {
      const series = await firing(stack).catch((): Labels[] => []);
      if (series.some((labels) => isThat(awaited, labels))) return { at: Date.now() };
      await sleep(LOOK_EVERY_MS);
    }
    return {};
  }

  async #held(
    awaited: Awaited,
    began: number,
    until: number,
  ): Promise<{ at?: number; by?: readonly string[] }> {
    const fires = await this.#fires(awaited, until);
    if (fires.at === undefined) return {};
    const handedOver = Date.now() + HANDED_OVER_MS;
    while (Date.now() < handedOver) {
      const found = (await heldBack(this.#harmed.cluster.stack)).find(({ labels }) =>
        isThat(awaited, labels),
      );
      if (found) {
        const call = await this.#call(awaited, began, 0);
        if (call.at !== undefined) break;
        return { at: fires.at, by: [...new Set(found.by)] };
      }
      await sleep(LOOK_EVERY_MS);
    }
    this.#complain(`${labelled(awaited)} fires, and nothing holds it back`);
    return {};
  }

  /** When the last of all that was told of it was told to be over. */
  #resolvedAt(awaited: Awaited): number | undefined {
    const last = new Map<string, Told>();
    for (const one of this.#harmed.receiver.told) {
      if (one.way === "calls" && isThat(awaited, one.labels)) last.set(one.fingerprint, one);
    }
    const all = [...last.values()];
    if (all.length === 0 || all.some(({ status }) => status === "firing")) return undefined;
    return Math.max(...all.map(({ at }) => at));
  }
}
