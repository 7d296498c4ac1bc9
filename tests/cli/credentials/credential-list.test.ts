import { X509Certificate } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { createCertificateAuthority } from "../../../cli/credentials/certificate-authority.ts";
import { credentialStatuses, credentialTable } from "../../../cli/credentials/credential-list.ts";
import type { CredentialRecords } from "../../../cli/credentials/rotation.ts";

const DAY = 86_400_000;
const ACCOUNTS: CredentialRecords = {
  shop: { live: [{ mechanism: "SCRAM-SHA-512", generation: 1 }], rotateAfter: 90 * DAY },
  broker: {
    live: [
      { user: "a", generation: 1, since: "2026-01-10" },
      { user: "b", generation: 2, since: "2026-03-01" },
    ],
    rotateAfter: 30 * DAY,
  },
};
const credentialList = (...of: Parameters<typeof credentialStatuses>) =>
  credentialTable(credentialStatuses(...of));
const cells = (lines: readonly string[]) => lines.map((line) => line.trim().split(/\s{2,}/));

let first: string;
let second: string;
beforeAll(async () => {
  [first, second] = (await Promise.all(
    ["prod 2026", "prod 2036"].map(
      async (name) => (await createCertificateAuthority(name, new Date())).certificate,
    ),
  )) as [string, string];
});

test("accounts are listed in their order, and what is overdue is marked", () => {
  expect(cells(credentialList(ACCOUNTS, "2026-03-02"))).toEqual([
    ["ACCOUNT", "HANDED OUT", "ALSO LIVE", "SINCE", "DUE", "NEXT STEP"],
    [
      ...["broker", "user a generation 1", "user b generation 2", "2026-01-10"],
      ...["2026-02-09, overdue", "hand-out"],
    ],
    [
      ...["shop", "SCRAM-SHA-512 generation 1", "-", "its first day"],
      ...["90 days after its first", "set"],
    ],
  ]);
});

test.for([
  [1, false, "set"],
  [2, true, "hand-out"],
  [2, false, "retire"],
] as const)(
  "with certificates trusted: %i and a next key kept: %s, the authority's next step is %s",
  ([count, nextKey, step]) => {
    const applied = [first, second].slice(0, count);
    const { validFromDate, validToDate } = new X509Certificate(first);
    const [from, to] = [validFromDate, validToDate].map((day) => day.toISOString().slice(0, 10));
    const row = cells(credentialList({}, "2026-03-02", { applied, nextKey })).at(-1);
    expect(row).toEqual([
      "authority",
      "prod 2026",
      count === 2 ? "prod 2036" : "-",
      from,
      to,
      step,
    ]);
    const later = credentialList({}, "2100-01-01", { applied, nextKey }).at(-1);
    expect(later).toContain(`${to ?? ""}, overdue`);
  },
);

test("as JSON every account has what is live, since when, when it is due, and the next step", () => {
  expect(credentialStatuses(ACCOUNTS, "2026-03-02")).toEqual([
    {
      account: "broker",
      live: ["user a generation 1", "user b generation 2"],
      since: "2026-01-10",
      due: "2026-02-09",
      dueAfterDays: 30,
      overdue: true,
      nextStep: "hand-out",
    },
    {
      account: "shop",
      live: ["SCRAM-SHA-512 generation 1"],
      since: null,
      due: null,
      dueAfterDays: 90,
      overdue: false,
      nextStep: "set",
    },
  ]);
});
