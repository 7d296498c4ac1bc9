import { existsSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { NotReadyError } from "../../engine/drivers/driver.ts";
import { UNKNOWN } from "../../engine/values/value.ts";
import { reservePath } from "../../engine/state/journal-file.ts";
import { Journal, readJournal } from "../../engine/state/journal.ts";
import { State } from "../../engine/state/state.ts";
import { fakeProvider } from "../support/pulumi/fake-provider.ts";
import { thing } from "./declaration.ts";
import { nameOf, operations, plain, Simulation } from "./simulation.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const b = thing("b", { text: { $output: "a.address" } });

describe("an update", () => {
  test("creates, leaves alone, updates and deletes, and calls drivers for nothing else", async () => {
    const engine = new Simulation();
    const first = await engine.up([thing("a"), b]);
    expect(first.plan).toEqual(["create a", "create b"]);
    expect(engine.provider.calls).toEqual(["connect here", "create a", "create b", "close here"]);
    expect(engine.provider.world.get("b")).toEqual({ size: 1, name: "b", text: "a.fake" });

    const same = await engine.up([thing("a"), b]);
    expect(same.plan).toEqual(["same a", "same b"]);
    expect(same.changes).toEqual({
      create: 0,
      update: 0,
      replace: 0,
      delete: 0,
      same: 4,
      updated: 0,
      gone: 0,
    });
    expect(engine.provider.calls).toEqual([]);

    const changed = await engine.up([thing("a", { size: 2 })]);
    expect(changed.plan).toEqual(["update a", "delete b"]);
    expect(changed.steps.find(({ name }) => name === "a")).toMatchObject({
      changed: ["size"],
      oldInputs: { size: 1, name: "a" },
      newInputs: { size: 2, name: "a" },
    });
    expect(operations(engine.provider.calls)).toEqual(["update a", "delete b"]);
    expect(engine.names).toEqual(["a"]);
  });

  test("replaces with the new object first and the old one last, after its dependents moved", async () => {
    const engine = new Simulation();
    await engine.up([thing("a"), b]);
    const replaced = await engine.up([thing("a", { name: "a2" }), b]);
    expect(replaced.plan).toEqual(["replace a", "update b"]);
    expect(replaced.steps.find(({ name }) => name === "a")).toMatchObject({
      replaceKeys: ["name"],
      deleteBeforeReplace: false,
    });
    expect(operations(engine.provider.calls)).toEqual(["create a2", "update b", "delete a"]);
    expect(engine.state.pendingDeletes.size).toBe(0);
  });

  test("deletes first where the driver or the program says so, and before that the dependents that must go", async () => {
    const engine = new Simulation();
    const slot = (name: string) => ({ name: "slot", type: "Slot", inputs: { name } });
    const inSlot = thing("in", { name: { $output: "slot.address" } });
    const beside = thing("beside", { text: { $output: "slot.address" } });
    const after = thing("after", {}, { dependsOn: ["slot"] });
    await engine.up([slot("s1"), inSlot, beside, after]);
    const replaced = await engine.up([slot("s2"), inSlot, beside, after]);
    expect(replaced.plan).toEqual(["replace slot", "replace in", "update beside", "same after"]);
    expect(operations(engine.provider.calls)).toEqual([
      "delete s1.fake",
      "delete s1",
      "create s2",
      "create s2.fake",
      "update beside",
    ]);
    const kept = [thing("a", { name: "x" }, { deleteBeforeReplace: true })];
    await engine.up(kept);
    await engine.up([thing("a", { name: "y" }, { deleteBeforeReplace: true })]);
    expect(operations(engine.provider.calls)).toEqual(["delete x", "create y"]);
  });

  test("deletes what is left over in reverse dependency order", async () => {
    const engine = new Simulation();
    const c = thing("c", { text: { $output: "b.address" } });
    const d = thing("d", {}, { dependsOn: ["c"] });
    await engine.up([thing("a"), b, c, d]);
    await engine.up([]);
    expect(operations(engine.provider.calls)).toEqual([
      "delete d",
      "delete c",
      "delete b",
      "delete a",
    ]);
    expect(engine.names).toEqual([]);
  });

  test("replaces for replaceOnChanges and leaves alone what ignoreChanges names", async () => {
    const engine = new Simulation();
    const make = (size: number, tags: object) =>
      thing("a", { size, tags }, { replaceOnChanges: ["size"], ignoreChanges: ["tags.kept"] });
    await engine.up([make(1, { kept: 1, other: 1 })]);
    expect((await engine.preview([make(2, { kept: 1, other: 1 })])).plan).toEqual(["replace a"]);
    expect((await engine.up([make(1, { kept: 2, other: 1 })])).plan).toEqual(["same a"]);
    await engine.up([make(1, { kept: 3, other: 2 })]);
    expect(engine.provider.world.get("a")?.["tags"]).toEqual({ kept: 1, other: 2 });
  });
});

describe("a preview", () => {
  test("plans with unknowns and touches nothing", async () => {
    const engine = new Simulation();
    const result = await engine.preview([thing("a"), b]);
    expect(result.plan).toEqual(["create a", "create b"]);
    expect(result.steps.at(-1)?.newInputs).toEqual({ size: 1, name: "b", text: "[unknown]" });
    expect(engine.provider.calls).toEqual([]);
    expect(engine.state.resources.size).toBe(0);
  });

  test("shows the same replacements as an update makes", async () => {
    const engine = new Simulation();
    const slot = (name: string) => ({ name: "slot", type: "Slot", inputs: { name } });
    const inSlot = thing("in", { name: { $output: "slot.address" } });
    await engine.up([slot("s1"), inSlot, thing("gone")]);
    const result = await engine.preview([slot("s2"), inSlot]);
    expect(result.plan).toEqual(["replace slot", "replace in", "delete gone"]);
    expect(engine.provider.world.ids()).toEqual(["s1", "s1.fake", "gone"]);
  });

  test("reports every fault of every resource together", async () => {
    const engine = new Simulation();
    const result = await engine.preview([
      thing("a", { size: -1 }),
      thing("b", { text: { $output: "a.address" } }),
      { name: "c", type: "Unheard" },
      thing("d", {}, { provider: "" }),
      thing("e", {}, { import: "x" }),
      thing("b"),
    ]);
    expect(result.status).toBe("failed");
    expect(result.faults).toEqual([
      "a: size: -1 given, 0 or more wanted",
      "c: the embedded engine does not support the resource type fake:index:Unheard; use the Pulumi CLI, or do without",
      "d: no provider was given for urn:pulumi:test::fakes::fake:index:Thing::d, and the embedded engine makes no default providers; pass the option provider, or providers on a component above",
      'e: the embedded engine does not support the option import (resource "e"); use the Pulumi CLI, or do without',
      'b: duplicate resource URN urn:pulumi:test::fakes::fake:index:Thing::b: two resources of one type and parent are named "b"; rename one',
    ]);
  });
});

describe("options", () => {
  test("protect forbids deleting and replacing, in a preview already, also through a parent", async () => {
    const engine = new Simulation();
    const group = { name: "g", type: "Group", options: { protect: true } };
    const held = (name: string) => thing("held", { name }, { parent: "g" });
    await engine.up([group, held("h1")]);
    const replaced = await engine.preview([group, held("h2")]);
    expect(replaced.faults).toEqual([
      "held: it is protected and cannot be replaced; take the option protect off and apply that first",
    ]);
    const removed = await engine.preview([group]);
    expect(removed.plan).toEqual(["same g", "delete held"]);
    expect(removed.faults).toEqual([
      "held: it is protected and cannot be deleted; take the option protect off and apply that first",
    ]);
    expect((await engine.up([group])).status).toBe("failed");
    expect((await engine.destroy()).status).toBe("failed");
    expect(operations(engine.provider.calls)).toEqual([]);
    await engine.up([{ ...group, options: { protect: false } }, held("h1")]);
    expect((await engine.destroy()).status).toBe("succeeded");
  });

  test("protect of a dependent forbids the replacement that would take it along", async () => {
    const engine = new Simulation();
    const slot = (name: string) => ({ name: "slot", type: "Slot", inputs: { name } });
    const held = thing("held", { name: { $output: "slot.address" } }, { protect: true });
    await engine.up([slot("s1"), held]);
    const result = await engine.preview([slot("s2"), held]);
    expect(result.faults).toContain(
      "slot: it cannot be replaced, because urn:pulumi:test::fakes::fake:index:Thing::held would be, too, and is protected",
    );
  });

  test("retainOnDelete forgets without deleting", async () => {
    const engine = new Simulation();
    await engine.up([thing("a", {}, { retainOnDelete: true })]);
    const result = await engine.up([]);
    expect(result.plan).toEqual(["delete a"]);
    expect(engine.provider.calls).toEqual([]);
    expect(engine.provider.world.ids()).toEqual(["a"]);
  });

  test("deletedWith spares the driver call, and goes only with the other one", async () => {
    const engine = new Simulation();
    const group = { name: "g", type: "Group", options: { deletedWith: "disk" } };
    const onDisk = thing("on", {}, { parent: "g", dependsOn: ["host"] });
    const all = [thing("disk"), thing("host", {}, { dependsOn: ["disk"] }), group, onDisk];
    await engine.up(all);
    engine.provider.gate = (call) => {
      if (call === "delete disk") throw new Error("disk is busy");
    };
    const failed = await engine.destroy();
    expect(failed.faults).toEqual(["disk: disk is busy"]);
    expect(engine.names).toEqual(["disk", "on"]);
    engine.provider.gate = () => undefined;
    await engine.destroy();
    expect(operations(engine.provider.calls)).toEqual(["delete disk"]);
    expect(engine.state.resources.size).toBe(0);
  });

  test("replacing what others are deleted with replaces them", async () => {
    const engine = new Simulation();
    const disk = (name: string) => ({ name: "disk", type: "Slot", inputs: { name } });
    const onDisk = {
      name: "on",
      type: "Slot",
      inputs: { name: "on" },
      options: { deletedWith: "disk" },
    };
    await engine.up([disk("d1"), onDisk]);
    engine.provider.world.delete("on"); // It goes with the disk.
    const result = await engine.up([disk("d2"), onDisk]);
    expect(result.plan).toEqual(["replace disk", "replace on"]);
    expect(operations(engine.provider.calls)).toEqual(["delete d1", "create d2", "create on"]);

    const disk2 = (name: string) => thing("disk2", { name });
    const onDisk2 = thing("on2", {}, { deletedWith: "disk2", deleteBeforeReplace: true });
    await engine.up([disk2("e1"), onDisk2]);
    engine.provider.world.delete("on2");
    await engine.up([disk2("e2"), onDisk2]);
    expect(operations(engine.provider.calls)).toEqual(["create e2", "create on2", "delete e1"]);
  });

  test("a connection that only deleted-with resources would need is not made", async () => {
    const engine = new Simulation();
    const broker = { name: "broker", type: "Provider", inputs: { endpoint: "broker" } };
    const topic = thing("topic", {}, { provider: "broker", deletedWith: "disk" });
    await engine.up([thing("disk"), broker, topic]);
    await engine.destroy();
    expect(engine.provider.calls).toEqual(["connect here", "delete disk", "close here"]);
  });

  test("aliases keep the object, its children's and its provider's users'", async () => {
    const engine = new Simulation();
    const old = { name: "old", type: "Group" };
    const renamed = { name: "new", type: "Group", options: { aliases: [{ name: "old" }] } };
    const before = { name: "p1", type: "Provider", inputs: { endpoint: "there" } };
    const after = { ...before, name: "p2", options: { aliases: [{ name: "p1" }] } };
    await engine.up([before, old, thing("old-a", {}, { parent: "old", provider: "p1" })]);
    const child = thing("new-a", { name: "old-a" }, { parent: "new", provider: "p2" });
    const result = await engine.up([after, renamed, child]);
    expect(result.plan).toEqual(["same new", "same new-a"]);
    expect(engine.provider.calls).toEqual([]);
    expect([...engine.state.resources.keys()].map(nameOf)).toEqual([
      "fakes-test",
      "endpoint",
      "p2",
      "new",
      "new-a",
    ]);
    const urn = "urn:pulumi:test::fakes::test:index:Group$fake:index:Thing::new-a";
    const moved = thing("moved", { name: "old-a" }, { provider: "p2", aliases: [urn] });
    expect((await engine.up([after, moved])).plan).toEqual(["same moved", "delete new"]);
    const twice = await engine.preview([
      after,
      moved,
      thing("also", {}, { aliases: [{ name: "moved" }] }),
    ]);
    expect(twice.faults).toEqual([
      "also: the alias urn:pulumi:test::fakes::fake:index:Thing::moved of urn:pulumi:test::fakes::fake:index:Thing::also is taken by urn:pulumi:test::fakes::fake:index:Thing::moved; drop one",
    ]);
  });
});

test("drivers check and compare with the checked arguments of their provider", async () => {
  const engine = new Simulation();
  const { provider } = engine;
  provider.check = (inputs) => ({ inputs: { ...inputs, region: "default" }, failures: [] });
  const given: unknown[] = [];
  for (const driver of provider.resources) {
    const check = driver.check.bind(driver);
    const diff = driver.diff.bind(driver);
    driver.check = (inputs, args) => (given.push(args), check(inputs));
    driver.diff = (old, inputs, args) => (given.push(args), diff(old, inputs));
  }
  await engine.up([thing("a")]);
  await engine.up([thing("a")]);
  expect(given).toEqual(Array(3).fill({ endpoint: "here", region: "default" }));
});

test("customTimeouts reach the driver, for the delete of what is gone from the program, too", async () => {
  const engine = new Simulation();
  const customTimeouts = { create: "10m", update: "1h30m", delete: "90s" };
  await engine.up([thing("a", {}, { customTimeouts })]);
  await engine.up([thing("a", { size: 2 }, { customTimeouts })]);
  await engine.up([]);
  expect(engine.provider.timeouts).toEqual(["create a 600", "update a 5400", "delete a 90"]);
  const wrong = await engine.up([thing("a", {}, { customTimeouts: { create: "soon" } })]);
  expect(wrong.faults).toEqual([
    'a: customTimeouts.create of "a" is "soon"; wanted a duration such as "10m" or "1h30m"',
  ]);
});

describe("secrets", () => {
  test("are known to drivers and nobody else", async () => {
    const engine = new Simulation();
    const a = thing(
      "a",
      { password: { $secret: "swordfish-1" }, tags: { deep: [{ $secret: "swordfish-2" }, 1] } },
      { additionalSecretOutputs: ["address"] },
    );
    const result = await engine.up([a, thing("b", { text: { $output: "a.token" } })]);
    expect(engine.provider.world.get("a")).toMatchObject({
      password: "swordfish-1",
      tags: { deep: ["swordfish-2", 1] },
    });
    expect(engine.provider.world.get("b")).toMatchObject({ text: "token-of-a" });
    expect(result.steps.find(({ name }) => name === "a")?.newInputs).toEqual({
      size: 1,
      name: "a",
      password: "[secret]",
      tags: { deep: "[secret]" },
    });
    expect(result.events.find(({ kind }) => kind === "progress")).toMatchObject({
      message: 'making a with "[secret]"',
    });
    engine.provider.gate = (call) => {
      if (call === "update a") throw new Error("cannot use swordfish-1 here");
    };
    const failed = await engine.up([thing("a", { password: { $secret: "swordfish-3" } })]);
    expect(failed.faults).toEqual(["a: cannot use [secret] here"]);
    expect(JSON.stringify([result, failed])).not.toMatch(/swordfish|token-of/);
  });

  test("stay secret when only the mark changes, without an update", async () => {
    const engine = new Simulation();
    await engine.up([thing("a", { password: "open" })]);
    expect((await engine.up([thing("a", { password: { $secret: "open" } })])).plan).toEqual([
      "same a",
    ]);
    const change = await engine.preview([thing("a", { password: "other" })]);
    expect(change.steps.at(-1)?.oldInputs).toMatchObject({ password: "[secret]" });
  });
});

describe("refresh", () => {
  test("takes over what others changed, and the next update repairs it", async () => {
    const engine = new Simulation();
    const all = [thing("a"), thing("b"), thing("c", { password: { $secret: "swordfish" } })];
    await engine.up(all);
    engine.provider.world.set("a", { name: "a", size: 7 });
    engine.provider.world.delete("b");
    const found = await engine.refresh();
    expect(found.plan).toEqual(["updated a", "gone b", "same c"]);
    expect(found.steps[0]).toMatchObject({
      changed: ["size"],
      oldInputs: { size: 1 },
      newInputs: { size: 7 },
    });
    expect((await engine.preview(all)).plan).toEqual(["update a", "create b", "same c"]);
    await engine.up(all);
    expect(engine.provider.world.get("a")).toEqual({ name: "a", size: 1 });
    expect((await engine.refresh()).changes).toMatchObject({ same: 3, updated: 0, gone: 0 });
  });

  test("reports once that a connection cannot be made", async () => {
    const engine = new Simulation();
    await engine.up([thing("a"), thing("b")]);
    engine.provider.gate = () => {
      throw new Error("nobody home");
    };
    expect((await engine.refresh()).faults).toEqual(["endpoint: nobody home"]);
    expect(engine.names).toEqual(["a", "b"]);
  });
});

describe("what went wrong before", () => {
  test("a failure stops what has not started, and the next run goes on", async () => {
    const engine = new Simulation();
    engine.provider.gate = (call) => {
      if (call === "create b") throw new Error("no room");
    };
    const all = [thing("a"), thing("b"), thing("c")];
    const failed = await engine.up(all);
    expect(failed.status).toBe("failed");
    expect(failed.faults).toEqual(["b: no room"]);
    expect(engine.names).toEqual(["a"]);
    expect(engine.state.pending.size).toBe(0);
    engine.provider.gate = () => undefined;
    expect((await engine.up(all)).plan).toEqual(["same a", "create b", "create c"]);
  });

  test("an object that did not become ready is on record, and is updated until it is", async () => {
    const engine = new Simulation();
    const made = { id: "a", outputs: { address: "a.fake" } };
    const unready = (call: string): void => {
      if (/^(create|update) a$/.test(call)) throw new NotReadyError("still sick", made);
    };
    engine.provider.gate = unready;
    expect((await engine.up([thing("a")])).faults).toEqual(["a: still sick"]);
    expect(engine.names).toEqual(["a"]);
    engine.provider.gate = () => undefined;
    expect((await engine.preview([thing("a")])).plan).toEqual(["update a"]);
    expect((await engine.up([thing("a")])).plan).toEqual(["update a"]);
    expect((await engine.up([thing("a")])).plan).toEqual(["same a"]);

    // The change was made: going back on it is an update as well.
    engine.provider.gate = unready;
    await engine.up([thing("a", { size: 2 })]);
    engine.provider.gate = () => undefined;
    const back = await engine.up([thing("a")]);
    expect(back.steps.find(({ name }) => name === "a")).toMatchObject({
      verb: "update",
      changed: ["size"],
    });
    expect(engine.state.pending.size).toBe(0);
  });

  test("a replaced object whose delete failed is deleted by the next run", async () => {
    const engine = new Simulation();
    await engine.up([thing("a")]);
    engine.provider.gate = (call) => {
      if (call === "delete a") throw new Error("busy");
    };
    expect((await engine.up([thing("a", { name: "a2" })])).faults).toEqual(["a: busy"]);
    expect(engine.state.pendingDeletes.size).toBe(1);
    engine.provider.gate = () => undefined;
    const next = await engine.up([thing("a", { name: "a2" })]);
    expect(next.plan).toEqual(["same a", "delete a"]);
    expect(operations(engine.provider.calls)).toEqual(["delete a"]);
    expect(engine.state.pendingDeletes.size).toBe(0);
  });

  test("a replacement that failed half way is completed, or forgotten with its declaration", async () => {
    const engine = new Simulation();
    const slot = (name: string) => ({ name: "slot", type: "Slot", inputs: { name } });
    await engine.up([slot("s1")]);
    engine.provider.gate = (call) => {
      if (call === "create s2") throw new Error("no room");
    };
    await engine.up([slot("s2")]);
    expect(engine.provider.world.ids()).toEqual([]);
    engine.provider.gate = () => undefined;
    expect((await engine.preview([])).plan).toEqual(["delete slot"]);
    expect((await engine.up([slot("s2")])).plan).toEqual(["replace slot"]);
    expect(operations(engine.provider.calls)).toEqual(["create s2"]);
  });

  test("a full disk stops the run with one message and loses nothing", async () => {
    const path = join(temporaryDirectory(), "state.journal");
    const full = Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
    let room = Infinity;
    const write = async (handle: FileHandle, bytes: Buffer, position: number): Promise<void> => {
      if (bytes.length > room && existsSync(reservePath(path))) throw full;
      await handle.write(bytes, 0, undefined, position);
    };
    const journal = await Journal.open(path, await readJournal(path), write);
    const engine = new Simulation(fakeProvider(), new State(new Map(), plain, journal));
    engine.provider.gate = (call) => {
      if (call === "create b") room = 0;
    };
    const result = await engine.up([thing("a"), thing("b"), thing("c")]);
    expect(result.faults).toEqual([
      `the disk is full: ${path} could not be extended. What was done so far is recorded; ` +
        `free some space and run the same command again.`,
    ]);
    await engine.state.close({ succeeded: true });
    const after = new Simulation(
      engine.provider,
      new State((await readJournal(path)).entries, plain),
    );
    expect(after.names).toEqual(["a", "b"]);
    expect(after.state.pending.size).toBe(0);
    expect(engine.provider.world.ids()).toEqual(["a", "b"]);
  });

  test("interrupted calls are made again", async () => {
    const engine = new Simulation();
    await engine.up([thing("a"), thing("b")]);
    await engine.state.begin("urn:pulumi:test::fakes::fake:index:Thing::a", "update");
    await engine.state.begin("urn:pulumi:test::fakes::fake:index:Thing::b", "delete");
    await engine.state.begin("urn:pulumi:test::fakes::fake:index:Thing::c", "create");
    const result = await engine.up([thing("a"), thing("b"), thing("c")]);
    expect(result.plan).toEqual(["update a", "replace b", "create c"]);
    expect(operations(engine.provider.calls)).toEqual([
      "update a",
      "delete b",
      "create b",
      "resume c",
      "create c",
    ]);
    expect(result.events.filter(({ kind }) => kind === "diagnostic")).toEqual([
      {
        kind: "diagnostic",
        severity: "warning",
        urn: "urn:pulumi:test::fakes::fake:index:Thing::c",
        message:
          "was being created when a run was interrupted; it is taken over or created again if it is still declared",
      },
    ]);
    expect(engine.state.pending.size).toBe(0);
  });

  test("what an interrupted create left behind is taken over, not made twice", async () => {
    const engine = new Simulation();
    const urn = "urn:pulumi:test::fakes::fake:index:Thing::a";
    await engine.up([thing("a")]);
    const left = new Simulation(engine.provider);
    await left.state.begin(urn, "create");
    engine.provider.calls.length = 0;
    const result = await left.up([thing("a")]);
    expect(result.status).toBe("succeeded");
    expect(operations(engine.provider.calls)).toEqual(["resume a"]);
    expect(left.state.resources.get(urn)?.id).toBe("a");
  });

  test("a call that was told to give up is remembered, for nobody knows what became of it", async () => {
    const engine = new Simulation();
    engine.provider.gate = (call, signal) => {
      if (call !== "create a") return;
      engine.force();
      signal.throwIfAborted();
    };
    const result = await engine.up([thing("a")]);
    expect(result.status).toBe("failed");
    expect([...engine.state.pending]).toEqual([
      ["urn:pulumi:test::fakes::fake:index:Thing::a", "create"],
    ]);
    const gone = await new Simulation(engine.provider, engine.state).destroy();
    expect(gone.events).toContainEqual({
      kind: "diagnostic",
      severity: "warning",
      urn: "urn:pulumi:test::fakes::fake:index:Thing::a",
      message:
        "was being created when a run was interrupted and may exist; look for it and remove it by hand",
    });
    expect(engine.state.pending.size).toBe(0);
  });

  test("an interrupt finishes what is under way and starts nothing", async () => {
    const engine = new Simulation();
    engine.provider.gate = () => engine.interrupt();
    const result = await engine.up([thing("a"), thing("b")]);
    expect(result.status).toBe("interrupted");
    expect(engine.names).toEqual(["a"]);
    expect(engine.provider.calls).toEqual(["connect here", "create a", "close here"]);
  });
});

test("a preview's unknown reaches the driver as UNKNOWN", async () => {
  const engine = new Simulation();
  const seen: unknown[] = [];
  const [driver] = engine.provider.resources;
  const check = driver?.check.bind(driver);
  Object.assign(driver ?? {}, {
    check: (inputs: Parameters<NonNullable<typeof check>>[0]) => {
      seen.push(inputs["text"]);
      return check?.(inputs);
    },
  });
  await engine.preview([thing("a"), b]);
  expect(seen).toEqual([undefined, UNKNOWN]);
});
