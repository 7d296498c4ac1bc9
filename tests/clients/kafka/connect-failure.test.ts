import { AuthenticationError, NetworkError, ResponseError, UserError } from "@platformatic/kafka";
import { describe, expect, it } from "vitest";

import {
  connectFailure,
  isConnectionLost,
  unreachable,
} from "../../../clients/kafka/connect-failure.ts";
import { KafkaAdminError } from "../../../clients/kafka/errors.ts";

const SASL = { mechanism: "SCRAM-SHA-512", username: "ann", password: "secret" } as const;
const SASL_AUTHENTICATE = 36;

function refusedBy(errorCode: number, message: string | null): Error {
  return new ResponseError(SASL_AUTHENTICATE, 2, { "/": [errorCode, message] }, {});
}

function inConnect(cause: Error): Error {
  return new NetworkError("Connection to b:1 failed.", { cause });
}

function system(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

describe("connectFailure", () => {
  it.each([
    [
      "the broker's words for wrong credentials",
      new AuthenticationError("SASL authentication failed.", { cause: refusedBy(58, "Bad login") }),
      { sasl: SASL },
      "AUTHENTICATION b:1: user ann was refused (SCRAM-SHA-512): Bad login.",
    ],
    [
      "what the client itself found wrong in the handshake",
      new AuthenticationError("Invalid server signature."),
      { sasl: SASL },
      "AUTHENTICATION b:1: user ann was refused (SCRAM-SHA-512): Invalid server signature.",
    ],
    [
      "an expired certificate",
      system("CERT_HAS_EXPIRED", "certificate has expired"),
      { tls: {}, sasl: SASL },
      "TLS b:1: its certificate is not accepted: certificate has expired. Is this the right certificate authority (caCert)?",
    ],
    [
      "TLS records on a plain connection",
      new UserError("Broker requires TLS."),
      { sasl: SASL },
      "TLS b:1: this port speaks TLS, and the client does not. Enable TLS.",
    ],
    [
      "a hang-up on an anonymous client with TLS",
      new NetworkError("Connection closed"),
      { tls: {} },
      "SASL_REQUIRED b:1: hung up on a client without credentials. The port most likely wants SASL: give a user name and password.",
    ],
    [
      "a name that does not resolve",
      system("ENOTFOUND", "getaddrinfo ENOTFOUND b"),
      { sasl: SASL },
      "UNREACHABLE b:1: getaddrinfo ENOTFOUND b.",
    ],
    [
      "silence",
      new NetworkError("Connection to b:1 timed out."),
      { sasl: SASL },
      "UNREACHABLE b:1: no answer within 500 ms.",
    ],
  ])("tells %s", (_, cause, options, expected) => {
    const error = connectFailure("b:1", inConnect(cause), options, 500);
    expect(`${error.code} ${error.message}`).toBe(expected);
  });
});

describe("unreachable", () => {
  const dead = new KafkaAdminError("UNREACHABLE", "a:1: connect ECONNREFUSED.");
  const refused = new KafkaAdminError("AUTHENTICATION", "b:1: user ann was refused.");

  it("prefers the server that answered", () => {
    const servers = [
      { server: "a:1", error: dead },
      { server: "b:1", error: refused },
    ];
    expect(unreachable(servers)).toBe(refused);
  });

  it("lists every address when none did", () => {
    const servers = [
      { server: "a:1", error: dead },
      { server: "a:1", error: dead },
    ];
    expect(unreachable(servers).message).toBe(
      "No broker could be reached: a:1: connect ECONNREFUSED; a:1: connect ECONNREFUSED.",
    );
  });
});

describe("isConnectionLost", () => {
  it("knows the library's network errors at any depth, and no others", () => {
    const nested = new AggregateError([new NetworkError("Connection closed")], "failed");
    expect(isConnectionLost(nested)).toBe(true);
    expect(isConnectionLost(new TypeError("bug"))).toBe(false);
    expect(isConnectionLost("not an error")).toBe(false);
  });
});
