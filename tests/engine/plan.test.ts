import { expect, test } from "vitest";
import { UNKNOWN } from "../../engine/values/value.ts";
import { Drivers } from "../../engine/drivers/registry.ts";
import { kafkaProvider } from "../../engine/drivers/kafka/provider.ts";
import type { ResourceGoal } from "../../engine/plan/resource-goal.ts";
import { declaredState, type Plan, planGoals } from "../../engine/plan/plan.ts";
import { Planner } from "../../engine/plan/planner.ts";
import { type PropertyMap, secret } from "../../engine/values/property-values.ts";
import { recordProgram } from "../../engine/stack/recording.ts";
import { State } from "../../engine/state/state.ts";
import { type Declaration, thing } from "./declaration.ts";
import { goal, KAFKA, provider, STACK, topic, urnOf, user, TOPIC } from "./goals.ts";
import { TestStack } from "./harness.ts";
import { optionsFor } from "./options.ts";

const providers = [kafkaProvider];
const ignore = (): void => undefined;
const given = { stack: STACK, providers };

/** The plan from one version of a program to another. */
const planned = (before: readonly ResourceGoal[], after: readonly ResourceGoal[]): Plan =>
  planGoals({ ...given, goals: after, state: declaredState({ ...given, goals: before }).state });

const verbs = ({ resources }: Plan) =>
  resources.map(({ verb, urn }) => `${verb} ${urn.split("::").at(-1) ?? ""}`);

test("the same program plans nothing, provider and unknown values included", () => {
  const goals = [provider(), topic("a"), topic("b", { config: UNKNOWN }), user("c", secret("pw"))];
  expect(verbs(planned(goals, goals))).toEqual(["same kafka", "same a", "same b", "same c"]);
});

test("a plan from declarations alone has the verbs that a plan from the recorded state would have", () => {
  const plan = planned(
    [provider(), topic("grown"), topic("shrunk"), topic("gone"), user("rotated", secret("old"))],
    [
      provider(),
      topic("grown", { partitions: 12 }),
      topic("shrunk", { partitions: 3 }),
      topic("new"),
      user("rotated", secret("new")),
    ],
  );
  expect(verbs(plan)).toEqual([
    ...["same kafka", "update grown", "replace shrunk", "create new", "update rotated"],
    "delete gone",
  ]);
  expect(plan.resources[2]).toMatchObject({
    replaceKeys: ["partitions"],
    deleteBeforeReplace: true,
  });
  expect(plan.failures).toEqual([]);
});

test("what a driver or a protection refuses is part of the plan", () => {
  const { resources, failures } = planned(
    [
      provider(),
      topic("copied"),
      topic("guarded", {}, { protect: true }),
      topic("cut", {}, { protect: true }),
    ],
    [
      provider(),
      topic("copied", { replicationFactor: 2 }),
      topic("cut", { partitions: 1 }, { protect: true }),
    ],
  );
  const refusals = resources.filter((one) => one.refusals.length > 0);
  expect(refusals.map(({ verb, urn }) => [verb, urn])).toEqual([
    ["update", urnOf(TOPIC, "copied")],
    ["replace", urnOf(TOPIC, "cut")],
    ["delete", urnOf(TOPIC, "guarded")],
  ]);
  expect(refusals[0]?.refusals[0]).toContain("replicationFactor is 3 and cannot become 2");
  expect(refusals[1]?.refusals[0]).toContain("it is protected and cannot be replaced");
  expect(refusals[2]?.refusals[0]).toContain("it is protected and cannot be deleted");
  expect(failures).toEqual([]);
});

test("wrong declarations are failures and no part of the plan", () => {
  const { failures } = planned(
    [],
    [
      provider(),
      topic("none", { partitions: 0 }),
      topic("twice"),
      topic("twice"),
      goal("aws:s3/bucket:Bucket", "b"),
    ],
  );
  expect(
    failures.map(({ urn, message }) => [urn.split("::").at(-1), message.slice(0, 40)]),
  ).toEqual([
    ["none", "partitions: partitions must be a whole n"],
    ["twice", "duplicate resource URN urn:pulumi:prod::"],
    ["b", "the embedded engine does not support the"],
  ]);
});

test("an update refuses what is still unknown, of a provider and at any depth, too", () => {
  const planner = new Planner(STACK, State.of([]), new Drivers(providers), false);
  const unknown: PropertyMap = {
    bootstrapServers: ["kafka:9092", UNKNOWN],
    saslPassword: secret(UNKNOWN),
  };
  expect(planner.decide(provider({ inputs: unknown })).refusals).toEqual([
    "bootstrapServers, saslPassword: the value is still unknown",
  ]);
  const config: PropertyMap = { "retention.ms": UNKNOWN };
  expect(planner.decide(topic("a", { config })).refusals).toEqual([
    "config: the value is still unknown",
  ]);
});

test("a renamed resource with an alias is the same, without one it is another", () => {
  const before = [provider(), topic("old", { name: "t" })];
  const aliases = [{ name: "old", type: "", stack: "", project: "", parent: "", noParent: false }];
  expect(verbs(planned(before, [provider(), topic("new", { name: "t" }, { aliases })]))).toEqual([
    "same kafka",
    "same new",
  ]);
  expect(verbs(planned(before, [provider(), topic("new", { name: "t" })]))).toEqual([
    ...["same kafka", "create new", "delete old"],
  ]);
});

test("policies get what the program says, reports what is recorded", () => {
  const [kafka] = planned([], [provider()]).resources;
  expect(kafka?.declared?.["tlsEnabled"]).toBe("true");
  expect(kafka?.after?.inputs["tlsEnabled"]).toBe(true);
});

test("a withheld secret equals any, and what is computed from one is not compared", () => {
  const { state } = declaredState({
    ...given,
    goals: [
      provider(),
      user("u", secret(UNKNOWN)),
      topic("t", { config: { hash: "real", "retention.ms": "1" } }),
    ],
  });
  const run = (guess: string) => [
    provider(),
    user("u", secret(guess)),
    topic("t", { config: { hash: guess, "retention.ms": "2" } }),
  ];
  const { resources } = planGoals({ ...given, goals: run("one"), control: run("other"), state });
  expect(resources.map(({ verb, withheld }) => [verb, withheld])).toEqual([
    ["same", []],
    ["same", []],
    ["update", ["config.hash"]],
  ]);
  expect(resources[2]?.after?.inputs["config"]).toEqual({ hash: "real", "retention.ms": "2" });
});

test("a secret that is declared in the open is a change, whatever it was", () => {
  const { state } = declaredState({ ...given, goals: [provider(), user("u", secret(UNKNOWN))] });
  const goals = [provider(), user("u", "open")];
  const { resources } = planGoals({ ...given, goals, control: goals, state });
  expect(resources.map(({ verb }) => verb)).toEqual(["same", "update"]);
});

test("recorded against a state, the plan is the preview of that state", async () => {
  const stack = new TestStack();
  const first = [
    thing("a"),
    thing("b", { size: 1 }),
    thing("c", { text: { $output: "a.address" } }),
  ];
  await stack.up(first);
  const second = [
    thing("a", { size: 2 }),
    thing("c", { text: { $output: "a.address" } }),
    thing("d"),
  ];
  const preview = await stack.preview(second);
  const providers = [stack.provider];
  const record = async (declarations: readonly Declaration[]) => {
    const options = optionsFor(stack.target, declarations);
    const { goals, failures } = await recordProgram({ ...options, providers, onEvent: ignore });
    expect(failures).toEqual([]);
    return { stack: stack.target, providers, goals };
  };
  const { state } = declaredState(await record(first));
  const { resources } = planGoals({ ...(await record(second)), state });
  const told = resources
    .filter(({ urn }) => urn.includes("fake:index:"))
    .map(({ verb, urn }) => `${verb} ${urn.split("::").at(-1) ?? ""}`);
  expect(told.sort()).toEqual([...preview.plan].sort());
  expect(told).toEqual(["create d", "delete b", "same c", "update a"]);
});

test("a program that fails is recorded with why", async () => {
  const stack = new TestStack();
  const { status, failures } = await recordProgram({
    ...optionsFor(stack.target, [thing("a", { size: -1 })]),
    providers: [stack.provider],
    onEvent: ignore,
    state: State.of([]),
  });
  expect(status).toBe("failed");
  expect(failures.map(({ message }) => message)).toEqual(["size: -1 given, 0 or more wanted"]);
});

test("the provider's URN alone is what resources refer to", () => {
  const { resources } = planned([], [provider(), topic("a")]);
  expect(resources[1]?.after?.provider).toBe(urnOf(KAFKA, "kafka"));
});
