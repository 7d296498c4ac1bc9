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

describe("a credential", () => {
  test.for<[string, LiveCredentials, LiveCredentials, string[]]>([
    ["that is set is no risk", [first], [first, second], []],
    ["that is handed out is no risk", [first, second], [second, first], []],
    ["that is retired is no risk: it is overwritten, not deleted", [second, first], [second], []],
    ["that is set again over the retired one is no risk", [second], [second, third], []],
    [
      "that is forgotten between set and hand-out is a risk",
      [first, second],
      [first],
      removal("SCRAM-SHA-256"),
    ],
    [
      "that is forgotten when it was the only live one is a risk",
      [second],
      [first],
      removal("SCRAM-SHA-256"),
    ],
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

test.each([
  ["what it could do", "topic:orders", ["Write"], true],
  ["more than what it could do", "topic:*", ["All"], true],
  ["the beginning of it", "topic:ord*", ["Write"], true],
  ["what its right implies", "topic:orders", ["Describe"], true],
  ["what it could not do", "topic:orders", ["Delete"], false],
  ["something else", "topic:order", ["All"], false],
] as const)("a denial of %s is a risk or none", (_, on, deny, isRisk) => {
  const denied = { ...account([first]), grants: { produces: ["orders"], acls: [{ deny, on }] } };
  const told = changes(account([first]), denied);
  expect(told).toHaveLength(isRisk ? 1 : 0);
  if (isRisk) expect(told[0]).toContain(`access-removal: User:shop is denied ${deny[0]} on Topic `);
  expect(changes(denied, denied)).toEqual([]);
  expect(changes(denied, account([first]))).toEqual([]);
});
