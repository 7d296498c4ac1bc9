import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Difference, describeDifference, differences } from "./comparison/differences.ts";
import { KnownDifferences } from "./comparison/known-differences.ts";
import { normalState, normalValue } from "./comparison/normal-state.ts";
import { EmbeddedEngine } from "./engines/embedded.ts";
import type { Plan } from "./engines/engine.ts";
import { PulumiEngine } from "./engines/pulumi.ts";
import { KNOWN_DIFFERENCES } from "./known-differences.ts";
import { type Outcome, record, type Recording, type RecordingArgs } from "./recording.ts";
import type { StackFiles } from "./stack-files.ts";

export interface ParityArgs extends Omit<RecordingArgs, "files"> {
  readonly stack: "dev" | "prod";
  /** Why the engines cannot be compared here; empty where they can. */
  readonly skip: () => string;
  /** Makes the stack's files, and whatever both engines need. */
  readonly begin: () => Promise<StackFiles>;
  /** Removes what is left, also where a run failed half-way. */
  readonly end: () => Promise<void>;
}

/** Runs one stack on both engines, one after the other, and compares what they did. */
export function describeParity({ stack, skip: reason, begin, end, ...args }: ParityArgs): void {
  const known = new KnownDifferences(KNOWN_DIFFERENCES, stack);
  const recorded = {} as { pulumi: Recording; embedded: Recording };

  const expectSame = (found: readonly Difference[]) => {
    expect(known.unexplained(found).map(describeDifference)).toEqual([]);
  };
  const expectSamePlan = (of: (recording: Recording) => Plan) => {
    const [pulumi, embedded] = [of(recorded.pulumi), of(recorded.embedded)];
    // Where nothing was planned the comparison would prove nothing.
    expect(Object.keys(pulumi).length).toBeGreaterThan(0);
    expectSame(differences("plan", pulumi, embedded));
  };
  const expectSameOutcome = (of: (recording: Recording) => Outcome) => {
    const [pulumi, embedded] = [of(recorded.pulumi), of(recorded.embedded)];
    expectSame([
      ...differences("state", normalState(pulumi.state), normalState(embedded.state)),
      ...differences("outputs", normalValue(pulumi.outputs), normalValue(embedded.outputs)),
      ...differences("objects", normalValue(pulumi.objects), normalValue(embedded.objects)),
    ]);
  };
  const verbs = (plan: Plan) => [...new Set(Object.values(plan).map(({ verb }) => verb))];

  describe(`the ${stack} stack on both engines`, () => {
    beforeAll(async () => {
      if (reason() !== "") return;
      const files = await begin();
      recorded.pulumi = await record(await PulumiEngine.begin(files.placeFor("pulumi")), {
        files,
        ...args,
      });
      const embedded = new EmbeddedEngine(files.placeFor("embedded"));
      recorded.embedded = await record(embedded, { files, ...args });
    });

    beforeEach(({ skip }) => {
      skip(reason() !== "", reason());
    });

    afterAll(async () => {
      if (reason() === "") await end();
    });

    it("has the same plan from nothing: everything is created", () => {
      expect(verbs(recorded.pulumi.first)).toEqual(["create"]);
      expectSamePlan(({ first }) => first);
    });

    it("has the same state, outputs and objects afterwards", () => {
      expectSameOutcome(({ made }) => made);
    });

    it("changes nothing the second time, nor after a refresh", () => {
      for (const { again, refreshed } of [recorded.pulumi, recorded.embedded]) {
        expect(verbs(again)).toEqual(["same"]);
        expect(verbs(refreshed)).toEqual(["same"]);
      }
      expectSamePlan(({ again }) => again);
      expectSamePlan(({ refreshed }) => refreshed);
    });

    it.each([...args.changes, args.made])("plans the same for a change: $what", ({ what }) => {
      const planned = ({ changes }: Recording): Plan => {
        const plan = changes[what] ?? {};
        if (plan instanceof Error) throw plan;
        return plan;
      };
      expect(verbs(planned(recorded.pulumi))).not.toEqual(["same"]);
      expectSamePlan(planned);
    });

    it("has the same state, outputs and objects after changes, and nothing more to do", () => {
      expectSameOutcome(({ changed }) => changed);
      expect(verbs(recorded.pulumi.settled)).toEqual(["same"]);
      expectSamePlan(({ settled }) => settled);
    });

    it("leaves the same behind when it is destroyed: nothing", () => {
      expect(recorded.pulumi.left).toEqual([]);
      expect(recorded.embedded.left).toEqual([]);
    });

    it("knows of no difference that is none any more", () => {
      expect(known.idle.map(({ difference }) => String(difference))).toEqual([]);
    });
  });
}
