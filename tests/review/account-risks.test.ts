import { describe, expect, test } from "vitest";
import { accountRisks } from "../../review/account-risks.ts";
import type { LiveCredentials } from "../../model/credentials/rotation.ts";

const first = { mechanism: "SCRAM-SHA-512", generation: 1 } as const;
const second = { mechanism: "SCRAM-SHA-256", generation: 2 } as const;
const third = { mechanism: "SCRAM-SHA-512", generation: 3 } as const;

const account = (credentials: LiveCredentials, produces: readonly string[] = ["orders"]) => ({
  ...{ username: "shop", grants: { produces }, credentials },
});
const changes = (before: unknown, after: unknown) =>
  accountRisks(before, after).map(({ change, reason }) => `${change}: ${reason}`);

const removal = (mechanism: string) => [
  `credential-removal: its ${mechanism} credential goes: nobody can log in with it any more`,
];

describe("logins", () => {
  test.for<[string, LiveCredentials, LiveCredentials, string[]]>([
    ["set", [first], [first, second], []],
    ["handed out", [first, second], [second, first], []],
    ["retired: overwritten, not deleted", [second, first], [second], []],
    ["set again over the retired one", [second], [second, third], []],
    ["forgotten between set and hand-out", [first, second], [first], removal("SCRAM-SHA-256")],
    ["forgotten when it was the only live one", [second], [first], removal("SCRAM-SHA-256")],
  ])("%s", ([, before, after, expected]) => {
    expect(changes(account(before), account(after))).toEqual(expected);
  });
});

test("rights and logins are told together", () => {
  const told = changes(account([first, second]), account([first], []));
  expect(told).toEqual([
    "access-removal: User:shop can no longer Write on Topic orders",
    ...removal("SCRAM-SHA-256"),
  ]);
});

test("what is not the inputs of an account has nothing to lose", () => {
  expect(changes({ username: "shop", credentials: [] }, account([first]))).toEqual([]);
  expect(changes(undefined, account([first]))).toEqual([]);
});
