/** Nobody ends a broker by announcing more than it has memory for, before the login or after it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectionLimits } from "../../../model/broker/connection-limits.ts";
import { GIB, KIB, MIB } from "../../../model/values/units.ts";
import { hugeRequests, type Place, placeOf, storm } from "../../support/attacks/strangers.ts";
import { installConfluentClient, scramConfig } from "../../support/kafka/confluent-client.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { adminOf } from "../../support/kafka/kafka-clients.ts";
import { SteadyProducer } from "../../support/kafka/steady-producer.ts";

const MEMORY = GIB;
const HEAP_MB = MEMORY / 2 / MIB;
const TOPIC = "written.meanwhile";
/** It has no right to anything. */
const NOBODY = { username: "nobody", password: "0123456789abcdef" };
const HOLD_MS = 3_000;

/**
 * Of what ended brokers that had no bounds, twice as much. With TLS a listener has room for 256 connections
 * at a time, its clients' among them: whoever comes beyond that is turned away before the handshake.
 */
const STRANGERS = { connections: 4_000, announced: 512 * KIB, least: 200, holdMs: HOLD_MS };
const REQUESTS = { count: 12, announced: 100 * MIB, holdMs: HOLD_MS };

const start = (properties: Readonly<Record<string, string>>, heapMb = HEAP_MB) =>
  JarBroker.start({ heapMb, properties, users: [NOBODY], listeners: ["tls"] });

describe.each([false, true])(
  "a broker with the platform's bounds (TLS: %s)",
  { timeout: 180_000 },
  (tls) => {
    const limits = connectionLimits({
      ...{ memory: MEMORY, tls },
      clientListeners: ["client", "clienttls"],
    });
    let broker: JarBroker;
    let place: Place;

    beforeAll(async () => {
      installConfluentClient();
      broker = await start(limits);
      place = tls ? placeOf(broker.tlsServer, await broker.ca()) : placeOf(broker.bootstrapServer);
      const admin = await adminOf(broker);
      await admin.createTopics([{ name: TOPIC, partitions: 3, replicationFactor: 1, configs: {} }]);
      await admin.close();
    });
    afterAll(() => broker.destroy());

    /** Does it while a client writes, which must not notice. */
    async function whileWriting(attack: () => Promise<unknown>): Promise<void> {
      const { username, password } = broker.admin;
      const config = scramConfig(broker.bootstrapServer, username, password);
      const producer = await SteadyProducer.start(config, TOPIC, 100);
      const under = attack().finally(() => undefined);
      await Promise.allSettled([under]);
      const { sent, acknowledged, failures, slowestSeconds } = await producer.stop();
      console.log(`${sent} records beside the attack; the slowest took ${slowestSeconds} s`);
      expect({ acknowledged, failures }).toEqual({ acknowledged: sent, failures: [] });
      expect(broker.isRunning).toBe(true);
      await under;
    }

    it("refuses requests that are too large, and serves its clients", () =>
      whileWriting(async () => {
        expect(await hugeRequests(place, NOBODY, REQUESTS)).toBe(REQUESTS.count);
      }));

    it("has room for as many of the largest that it takes, and serves its clients", () =>
      whileWriting(async () => {
        const announced = Number(limits["socket.request.max.bytes"]);
        expect(await hugeRequests(place, NOBODY, { ...REQUESTS, announced })).toBe(REQUESTS.count);
      }));

    it("lets its clients wait while more are announced than it has room for, and loses nothing", () =>
      whileWriting(async () => {
        const announced = Number(limits["socket.request.max.bytes"]);
        await hugeRequests(place, NOBODY, { ...REQUESTS, count: 40, announced });
      }));

    it("holds what as many strangers as may come announce at most, and serves its clients", () =>
      whileWriting(async () => {
        const announced = Number(limits["sasl.server.max.receive.size"]);
        const { open } = await storm(place, { ...STRANGERS, announced });
        expect(open).toBeGreaterThan(100);
      }));

    it("refuses what 4,000 strangers announce, and serves its clients", () =>
      whileWriting(async () => {
        const { announced, open } = await storm(place, STRANGERS);
        console.log(`${announced} strangers announced something; ${open} were still open`);
        expect(announced).toBeGreaterThanOrEqual(STRANGERS.least);
        expect(open).toBeLessThan(announced);
      }));
  },
);

describe("a broker with Kafka's own bounds", () => {
  let broker: JarBroker | undefined;
  const unbounded = async () => {
    broker = await start({}, 256);
    return broker;
  };
  afterAll(() => broker?.destroy());

  it("is ended by strangers", async () => {
    const victim = await unbounded();
    await storm(placeOf(victim.bootstrapServer), { ...STRANGERS, connections: 2_000 });
    expect(victim.isRunning).toBe(false);
    await victim.destroy();
  });

  it("is ended by requests of an account without rights", async () => {
    const victim = await unbounded();
    await hugeRequests(placeOf(victim.bootstrapServer), NOBODY, { ...REQUESTS, count: 6 });
    expect(victim.isRunning).toBe(false);
  });
});
