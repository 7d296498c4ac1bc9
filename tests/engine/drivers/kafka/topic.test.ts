import { describe, expect, it } from "vitest";

import type { ResourceState } from "../../../../engine/drivers/driver.ts";
import { type Properties, UNKNOWN } from "../../../../engine/values/value.ts";
import {
  configChange,
  declaredConfigs,
  topicDriver,
} from "../../../../engine/drivers/kafka/topic.ts";

function inputs(more: Properties = {}): Properties {
  return { name: "orders", partitions: 6, replicationFactor: 3, ...more };
}

function state(more: Properties = {}): ResourceState {
  return { id: "orders", inputs: inputs(more), outputs: inputs(more) };
}

describe("the check of a topic", () => {
  it("passes a good topic, with configs as text", () => {
    const config = { "retention.ms": 60_000, "unclean.leader.election.enable": false };
    expect(topicDriver.check(inputs({ config }))).toEqual({
      inputs: inputs({
        config: { "retention.ms": "60000", "unclean.leader.election.enable": "false" },
      }),
      failures: [],
    });
  });

  it("lets pass what only an apply will tell, at any depth", () => {
    const unknown = inputs({ partitions: UNKNOWN, config: { "retention.ms": UNKNOWN } });
    expect(topicDriver.check(unknown)).toEqual({ inputs: unknown, failures: [] });
  });

  it("finds every fault and says what is wanted", () => {
    const faulty = {
      name: "no/slash",
      partitions: 0,
      config: { "retention.ms": ["a"] },
      tags: {},
      managed: true,
    };
    expect(topicDriver.check(faulty).failures).toEqual([
      {
        property: "tags",
        reason:
          "tags is not supported by the embedded engine: leave it out, or use the Pulumi CLI (supported here: name, partitions, replicationFactor, config)",
      },
      {
        property: "managed",
        reason:
          "managed is not supported by the embedded engine: leave it out, or use the Pulumi CLI (supported here: name, partitions, replicationFactor, config)",
      },
      {
        property: "name",
        reason:
          'name must be 1 to 249 letters, digits, dots, underscores or hyphens, not "no/slash"',
      },
      {
        property: "partitions",
        reason: "partitions must be a whole number from 1 to 2147483647, not 0",
      },
      { property: "replicationFactor", reason: "replicationFactor is required and was not given" },
      {
        property: 'config["retention.ms"]',
        reason: 'config["retention.ms"] must be a text, not a list',
      },
    ]);
  });

  it.each([".", "..", "", "a".repeat(250)])("refuses the name %j", (name) => {
    expect(topicDriver.check(inputs({ name })).failures).toHaveLength(1);
  });
});

describe("the difference of two declarations of a topic", () => {
  it.each<[string, Properties, { changed: string[]; replace: string[]; first: boolean }]>([
    ["nothing", {}, { changed: [], replace: [], first: false }],
    ["more partitions", { partitions: 7 }, { changed: ["partitions"], replace: [], first: false }],
    [
      "fewer partitions",
      { partitions: 5 },
      { changed: ["partitions"], replace: ["partitions"], first: true },
    ],
    [
      "partitions not known yet",
      { partitions: UNKNOWN },
      { changed: ["partitions"], replace: [], first: false },
    ],
    ["another name", { name: "bills" }, { changed: ["name"], replace: ["name"], first: false }],
    [
      "another name and fewer partitions",
      { name: "bills", partitions: 1 },
      { changed: ["name", "partitions"], replace: ["name", "partitions"], first: false },
    ],
    [
      "a config",
      { config: { "retention.ms": "1" } },
      { changed: ["config"], replace: [], first: false },
    ],
  ])(
    "of %s replaces it only where Kafka cannot change it",
    (_, change, { changed, replace, first }) => {
      expect(topicDriver.diff(state(), inputs(change))).toEqual({
        changed,
        replace,
        deleteBeforeReplace: first,
      });
    },
  );

  it("refuses another replication factor, and says how it is changed", () => {
    expect(() => topicDriver.diff(state(), inputs({ replicationFactor: 2 }))).toThrow(
      "Topic orders: replicationFactor is 3 and cannot become 2 by declaring it: moving replicas is an operation (a partition reassignment, throttled and watched). Declare 3, or reassign first and then refresh.",
    );
  });
});

describe("the configs of a topic", () => {
  it("change by the keys that differ", () => {
    const old = { "retention.ms": "1", "segment.ms": "2", "cleanup.policy": "delete" };
    const now = { "retention.ms": "1", "segment.ms": "3", "max.message.bytes": "4" };
    expect(configChange(old, now)).toEqual({
      set: { "segment.ms": "3", "max.message.bytes": "4" },
      remove: ["cleanup.policy"],
    });
    expect(configChange(now, now)).toEqual({ set: {}, remove: [] });
  });

  it("read back in the program's spelling, drift and all, without a reassignment's throttles", () => {
    const throttles = {
      "leader.replication.throttled.replicas": "0:1",
      "follower.replication.throttled.replicas": "0:2",
    };
    const actual = { "cleanup.policy": "compact,delete", "retention.ms": "5", ...throttles };
    const declared = { "cleanup.policy": "compact, delete", "retention.ms": "6" };
    expect(declaredConfigs(actual, declared)).toEqual({
      "cleanup.policy": "compact, delete",
      "retention.ms": "5",
    });
    expect(declaredConfigs(actual, throttles)).toEqual(actual);
  });
});

it("the outputs of a topic are known before it is made", () => {
  expect(topicDriver.plan(inputs(), undefined)).toEqual(inputs());
});
