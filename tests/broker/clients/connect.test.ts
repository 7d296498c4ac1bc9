import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { inspect } from "node:util";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import type { ConnectOptions, Sasl } from "../../../clients/kafka/connect-options.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { adminError, adminOf, loginOptions } from "../../support/kafka/kafka-clients.ts";

const NOBODY = { username: "nobody", password: "nobodyspassword" };

let broker: JarBroker;
let sasl: Sasl;

beforeAll(async () => {
  broker = await JarBroker.start({
    users: [NOBODY],
    listeners: ["tls", "plaintext"],
    // A killed broker may register again only when its old session has run out.
    properties: { "broker.session.timeout.ms": "3000", "broker.heartbeat.interval.ms": "500" },
  });
  sasl = { mechanism: "SCRAM-SHA-512", ...broker.admin };
});
afterAll(() => broker.destroy());

/** Code and message of the failure to connect, the address replaced. */
async function refusedWith(options: Partial<ConnectOptions>): Promise<string> {
  const servers = options.bootstrapServers ?? [broker.bootstrapServer];
  const all = { bootstrapServers: servers, deadlineMs: 5_000, ...options };
  const error = await adminError(KafkaAdmin.connect(all));
  return `${error.code} ${error.message}`.replaceAll(String(servers[0]), "SERVER");
}

describe("a connection that is refused says why in one sentence", () => {
  it("for a wrong password, which is never repeated", async () => {
    const password = "wrong-and-secret";
    const error = await adminError(
      KafkaAdmin.connect(loginOptions(broker, { username: "admin", password })),
    );
    expect(error.code).toBe("AUTHENTICATION");
    expect(error.message).toBe(
      `${broker.bootstrapServer}: user admin was refused (SCRAM-SHA-512): Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512.`,
    );
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain(password);
  });

  it("for a mechanism the port does not offer", async () => {
    expect(await refusedWith({ sasl: { ...sasl, mechanism: "PLAIN" } })).toBe(
      "AUTHENTICATION SERVER: the port does not offer PLAIN (user admin): The broker does not support the requested SASL mechanism.",
    );
  });

  it("for a client without credentials on a SASL port", async () => {
    expect(await refusedWith({})).toBe(
      "SASL_REQUIRED SERVER: hung up on a client without credentials. The port most likely wants SASL or TLS: give a user name and password.",
    );
  });

  it("for credentials on a port that takes none", async () => {
    expect(await refusedWith({ bootstrapServers: [broker.plaintextServer], sasl })).toBe(
      "AUTHENTICATION SERVER: the port takes no credentials (user admin was given): Request is not valid given the current SASL state.",
    );
  });

  it("for dead ports, each with its address", async () => {
    expect(await refusedWith({ bootstrapServers: ["127.0.0.1:9", "127.0.0.1:10"], sasl })).toBe(
      "UNREACHABLE No broker could be reached: SERVER: connect ECONNREFUSED SERVER; 127.0.0.1:10: connect ECONNREFUSED 127.0.0.1:10.",
    );
  });

  it("for an address that is none", async () => {
    expect(await refusedWith({ bootstrapServers: ["kafka"], sasl })).toBe(
      "UNREACHABLE No broker could be reached: SERVER: not of the form host:port.",
    );
  });
});

describe("TLS", () => {
  it("works with the right certificate authority, and with a bundle of two", async () => {
    const ca = await broker.ca();
    const admin = await KafkaAdmin.connect({
      bootstrapServers: [broker.tlsServer],
      tls: { ca: `${ca}\n${ca}` },
      sasl,
    });
    expect((await admin.checkCluster()).brokers.map(({ id }) => id)).toEqual([1]);
    await admin.close();
  });

  it.each([
    [
      "an unknown certificate authority",
      () => ({ bootstrapServers: [broker.tlsServer], tls: {}, sasl }),
      /^TLS SERVER: its certificate is not accepted: self-signed certificate.*Is this the right certificate authority \(caCert\)\?$/,
    ],
    [
      "TLS to a port without",
      () => ({ tls: {}, sasl }),
      /^TLS SERVER: the TLS handshake failed\. Does this port speak TLS\?$/,
    ],
    [
      "no TLS to a port with it",
      () => ({ bootstrapServers: [broker.tlsServer], sasl }),
      /^AUTHENTICATION SERVER: hung up during the SASL handshake\. Is this a SASL port, and one without TLS\?$/,
    ],
    [
      "neither TLS nor credentials to a port with both",
      () => ({ bootstrapServers: [broker.tlsServer] }),
      /^TLS SERVER: this port speaks TLS, and the client does not\. Enable TLS\.$/,
    ],
  ])("refuses %s", async (_, options, expected) => {
    expect(await refusedWith(options())).toMatch(expected);
  });
});

describe("a user without rights", () => {
  it("is told so, and not shown an empty cluster", async () => {
    const admin = await adminOf(broker, NOBODY);
    const error = await adminError(admin.listTopics());
    expect(error.code).toBe("AUTHORISATION");
    expect(error.message).toMatch(
      /^cluster \S+: user nobody is authenticated but may not describe the cluster\. Grant it the ACL Describe on Cluster kafka-cluster, or use a super user\.$/,
    );
    const [denied] = await admin.createAcls([
      {
        resourceType: "TOPIC",
        resourceName: "orders",
        patternType: "LITERAL",
        principal: "User:nobody",
        host: "*",
        operation: "ALL",
        permissionType: "ALLOW",
      },
    ]);
    expect(denied?.message).toBe(
      "ACL User:nobody|*|ALL|ALLOW|TOPIC|orders|LITERAL: the request needs ALTER permission (CLUSTER_AUTHORIZATION_FAILED): the user has no ACL that allows this on the cluster.",
    );
    await admin.close();
  });

  it("is told so on a port without credentials, too", async () => {
    const admin = await KafkaAdmin.connect({ bootstrapServers: [broker.plaintextServer] });
    expect((await adminError(admin.checkCluster())).code).toBe("AUTHORISATION");
    await admin.close();
  });
});

describe("the project's own deadline", () => {
  it("ends the wait for a server that accepts and says nothing, and leaves time for the next", async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket.on("error", () => undefined)));
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const address = `127.0.0.1:${(silent.address() as AddressInfo).port}`;

    const started = performance.now();
    expect(await refusedWith({ bootstrapServers: [address], sasl, deadlineMs: 500 })).toBe(
      "UNREACHABLE No broker could be reached: SERVER: no answer within 500 ms.",
    );
    expect(performance.now() - started).toBeLessThan(10_000);

    const servers = [address, broker.bootstrapServer];
    const options = { ...loginOptions(broker), bootstrapServers: servers, deadlineMs: 2_000 };
    const admin = await KafkaAdmin.connect(options);
    expect((await admin.checkCluster()).brokers).toHaveLength(1);
    await admin.close();
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it("ends a call to a broker that froze, and the client recovers with the broker", async () => {
    const admin = await KafkaAdmin.connect({ ...loginOptions(broker), deadlineMs: 700 });
    await broker.freeze();
    const error = await adminError(admin.checkCluster()).finally(() => {
      broker.thaw();
    });
    expect(`${error.code} ${error.message}`).toBe(
      `DEADLINE cluster: ${broker.bootstrapServer} gave no answer within 700 ms.`,
    );
    expect((await admin.checkCluster()).authorizedOperations).toContain("ALTER");
    await admin.close();
  });
});

describe("a broker that goes away", () => {
  it("leaves an idle client alive, which reads again after the restart", async () => {
    const admin = await adminOf(broker);
    await broker.kill();
    expect((await adminError(admin.checkCluster())).code).toBe("UNREACHABLE");
    await broker.startAgain();
    expect((await admin.checkCluster()).brokers).toHaveLength(1);
    await admin.close();
    expect((await adminError(admin.checkCluster())).code).toBe("CLOSED");
  });

  it("leaves the effect of a write unknown, and says so", async () => {
    const admin = await adminOf(broker);
    await broker.freeze();
    const outcomes = admin.deleteTopics(["orders"]);
    await broker.kill();
    const [lost] = await outcomes;
    expect(`${lost?.code ?? ""} ${lost?.message ?? ""}`).toBe(
      `CONNECTION_LOST deleting topic orders: the connection to ${broker.bootstrapServer} ended before the answer. Whether a change was made is unknown: look at it (refresh) before trying again.`,
    );
    await admin.close();
    await broker.startAgain();
  });
});
