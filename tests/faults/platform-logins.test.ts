import { expect, test } from "vitest";
import { platformLogins } from "./platform-logins.ts";

const OUTPUTS = {
  admin: {
    live: [
      { mechanism: "SCRAM-SHA-256", generation: 2 },
      { mechanism: "SCRAM-SHA-512", generation: 1 },
    ],
  },
  broker: { live: [{ user: "b", generation: 2 }] },
  controller: { live: [{ user: "a", generation: 1 }] },
} as const;

test("whoever of the platform may log in is there, and nobody who was retired", () => {
  const logins = platformLogins("a secret", OUTPUTS);
  expect(logins.map(({ username, mechanism }) => `${username} ${mechanism}`)).toEqual([
    "admin SCRAM-SHA-256",
    "admin SCRAM-SHA-512",
    "broker-b SCRAM-SHA-512",
    "scram-anchor-csh SCRAM-SHA-512",
    "scram-anchor-csh SCRAM-SHA-256",
  ]);
  const passwords = logins.map(({ password }) => password);
  expect(new Set(passwords).size).toBe(4);
});
