import { beforeEach, describe, expect, test } from "vitest";
import { type Declaration, thing } from "./declaration.ts";
import { operations, type Simulated, Simulation } from "./simulation.ts";

/** As a dev stack: a server with a disk, and what the server keeps on the disk and is asked for. */
const server = { name: "server", inputs: { name: "server" }, options: { dependsOn: ["disk"] } };
const broker = {
  name: "broker",
  type: "Provider",
  inputs: { endpoint: "broker" },
  options: { dependsOn: ["server"] },
};
const onDisk = { provider: "broker", deletedWith: "disk" };
const all: Declaration[] = [
  thing("disk"),
  server,
  broker,
  { name: "topic", type: "Slot", inputs: { name: "topic" }, options: onDisk },
  thing("right", {}, onDisk),
];

let engine: Simulation;

beforeEach(async () => {
  engine = new Simulation();
  await engine.up(all);
});

/** What was said, with its subject where it has one. */
const said = ({ events }: Simulated): string[] =>
  events.flatMap((event) =>
    event.kind === "diagnostic"
      ? [`${event.severity} ${event.urn.split("::").at(-1) ?? ""}: ${event.message}`]
      : [],
  );

const lose = (...ids: readonly string[]): void => {
  for (const id of ids) engine.provider.world.delete(id);
};

describe("an update that looks first", () => {
  test("asks once for everything, and where all is there does nothing", async () => {
    const same = await engine.up(all, { look: true });
    expect(same.changes).toMatchObject({ same: 7, update: 0, create: 0 });
    expect(said(same)).toEqual([]);
    expect(engine.provider.calls.toSorted()).toEqual([
      "close broker",
      "close here",
      "connect broker",
      "connect here",
      "read disk",
      "read right",
      "read server",
      "read topic",
    ]);
  });

  test("one that does not look believes what is recorded", async () => {
    lose("topic");
    expect((await engine.up(all)).changes).toMatchObject({ same: 7 });
  });

  test("makes again what is gone, and says so", async () => {
    lose("right");
    const mended = await engine.up(all, { look: true });
    expect(mended.plan).toContain("create right");
    expect(said(mended)).toEqual(["info right: is gone"]);
    expect(engine.provider.world.ids()).toContain("right");
  });

  test("puts back what was changed outside", async () => {
    engine.provider.world.set("right", { name: "right", size: 7 });
    const mended = await engine.up(all, { look: true });
    expect(mended.plan).toContain("update right");
    expect(said(mended)).toEqual(["info right: was changed outside [size]"]);
    expect(engine.provider.world.get("right")).toEqual({ name: "right", size: 1 });
  });

  test("leaves alone, and names, what only a loss of records would put back", async () => {
    engine.provider.world.set("topic", { name: "another", size: 1 });
    const left = await engine.up(all, { look: true });
    expect(left.plan).toContain("same topic");
    expect(said(left)).toEqual([
      "warning topic: was changed outside [name], and stays so: only a new one, without its records, has the recorded name: declare what it is now, or refresh and start again to have a new one",
    ]);
  });

  test("does not ask for what lived on something that is gone", async () => {
    lose("disk", "topic", "right");
    const mended = await engine.up(all, { look: true });
    expect(said(mended)).toEqual([
      "info disk: is gone, and with it the 2 resources that lived on it",
    ]);
    expect(operations(engine.provider.calls)).toEqual([
      "read disk",
      "read server",
      "create disk",
      "create topic",
      "create right",
    ]);
  });

  test("asks a server that is gone only once it is there again, and mends what is missing then", async () => {
    lose("server", "topic");
    const mended = await engine.up(all, { look: true });
    expect(said(mended)).toEqual(["info server: is gone", "info topic: is gone"]);
    expect(operations(engine.provider.calls)).toEqual([
      "read disk",
      "read server",
      "create server",
      "read topic",
      "read right",
      "create topic",
    ]);
  });

  test("asks a server that is down only once it is reached in the run", async () => {
    engine.provider.down.set("server", "had stopped");
    engine.provider.world.set("server", { name: "server", size: 0 });
    const mended = await engine.up(all, { look: true });
    expect(said(mended)).toEqual(["info server: had stopped"]);
    const calls = operations(engine.provider.calls);
    expect(calls.indexOf("update server")).toBeLessThan(calls.indexOf("read topic"));
  });

  test("asks one that does not answer as recorded again, as declared, and fails where that does not either", async () => {
    const silent = ["connect broker"];
    engine.provider.gate = (call) => {
      if (silent.includes(call)) throw new Error("nobody home");
    };
    lose("right");
    const moved = { ...broker, inputs: { endpoint: "elsewhere" } };
    const elsewhere = all.map((each) => (each === broker ? moved : each));
    const mended = await engine.up(elsewhere, { look: true });
    expect(mended.faults).toEqual([]);
    expect(said(mended)).toEqual(["info right: is gone"]);
    silent.push("connect elsewhere");
    expect((await engine.up(elsewhere, { look: true })).faults).toEqual(["broker: nobody home"]);
  });

  test("forgets what an earlier release left of what had gone", async () => {
    await engine.state.commit({ forget: [urnOf("disk")] });
    lose("disk", "topic", "right");
    const mended = await engine.up(all, { look: true });
    expect(said(mended)).toEqual(["info : 2 resources are gone with what they lived on"]);
    expect(mended.plan).toEqual(["create disk", "same server", "create topic", "create right"]);
  });
});

const urnOf = (name: string): string =>
  [...engine.state.resources.keys()].find((urn) => urn.endsWith(`::${name}`)) ?? "";

describe("a refresh", () => {
  test("leaves as it is recorded what a server that is gone keeps", async () => {
    lose("server");
    engine.provider.gate = (call) => {
      if (call === "connect broker") throw new Error("nobody home");
    };
    const found = await engine.refresh();
    expect(found.status).toBe("succeeded");
    expect(found.plan.toSorted()).toEqual(["gone server", "same disk"]);
    expect(said(found)).toEqual([
      "warning broker: what is in it was not looked at, because server is gone, and stays as it is recorded; start mends that",
    ]);
    expect(engine.names).toEqual(["disk", "topic", "right"]);
  });

  test("says that what lived on something is gone with it", async () => {
    lose("disk", "server");
    const found = await engine.refresh();
    expect(found.status).toBe("succeeded");
    expect(found.plan.toSorted()).toEqual(["gone disk", "gone right", "gone server", "gone topic"]);
    expect(engine.names).toEqual([]);
  });
});

test("a destroy asks nobody to delete what has gone with something", async () => {
  await engine.state.commit({ forget: [urnOf("disk"), urnOf("server")] });
  const destroyed = await engine.destroy();
  expect(destroyed.status).toBe("succeeded");
  expect(operations(engine.provider.calls)).toEqual([]);
  expect(engine.state.resources.size).toBe(0);
});
