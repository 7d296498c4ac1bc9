import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { COMMANDS } from "../../../cli/command-table.ts";
import { codeOwnersText } from "../../../cli/generated/code-owners.ts";
import { withCommands } from "../../../cli/generated/command-list.ts";
import { domainFiles, domainListText } from "../../../cli/generated/domain-list.ts";
import { DOMAINS } from "../../../topics/domains.ts";
import { temporaryDirectory } from "../../engine/temporary-directory.ts";
import { Checkout } from "../../support/project/checkout.ts";

let checkout: Checkout | undefined;

afterEach(() => {
  checkout?.remove();
  checkout = undefined;
});

test("every generated file is what `npx kafka-platform generate` writes: run it when this fails", () => {
  const args = ["cli/main.ts", "generate", "--check"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect({ status, stdout, stderr }).toEqual({
    ...{ status: 0, stdout: "Every generated file is as it should be.\n", stderr: "" },
  });
});

const BILLING = `import { event } from "../model/topic/topic-profiles.ts";
import type { Domain } from "../model/catalogue/domain-declaration.ts";

export const billingHub: Domain = {
  owner: "Billing & Invoices",
  topics: {
    invoices: event({
      description: "Invoices.",
      key: "invoice_id",
      classification: "internal",
      partitions: 3,
      eventsPerHour: { from: 10, to: 100 },
    }),
  },
  accounts: {
    "billing-api": { description: "Writes invoices.", produces: ["invoices"] },
    "billing-mailer": {
      description: "Sends invoices.",
      consumes: [{ topics: ["invoices"], group: "billing-mailer" }],
    },
  },
};
`;

test("a new domain is one new file, and what is generated after it", async () => {
  const fresh = (checkout = new Checkout());
  const read = (file: string) => readFileSync(path.join(fresh.folder, file), "utf8");
  writeFileSync(path.join(fresh.folder, "topics/billing-hub.ts"), BILLING);
  // Instead of all others, which would only be read again for every file that is generated.
  for (const file of Object.keys(DOMAINS)) rmSync(path.join(fresh.folder, file));
  const before = read("topics/domains.ts");
  expect(await fresh.npm(["generate", "--check"])).toEqual({
    code: 2,
    stdout: "topics/domains.ts is stale\n",
    stderr: "Run `npx kafka-platform generate`.\n",
  });
  expect(read("topics/domains.ts")).toBe(before);

  expect(await fresh.npm(["generate"])).toEqual({
    code: 0,
    stdout:
      "wrote topics/domains.ts\nwrote docs/catalogue.md\nwrote .github/CODEOWNERS\nwrote kafka.lock.json\n",
    stderr: "",
  });
  expect(read("topics/domains.ts")).toContain('import { billingHub } from "./billing-hub.ts";\n');
  expect(read(".github/CODEOWNERS")).toMatch(
    /^\/topics\/billing-hub\.ts @your-company\/billing-invoices$/m,
  );
  expect(read("docs/catalogue.md")).toContain("| `invoices` | billing-api | billing-mailer as");
  expect(JSON.parse(read("kafka.lock.json"))).toHaveProperty(["topic invoices"]);
}, 120_000);

test("the list of domains names each by its file, and refuses files that are not one domain", async () => {
  const folder = path.join(temporaryDirectory(), "topics");
  mkdirSync(path.join(folder, "schemas"), { recursive: true });
  const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);
  for (const other of ["index.ts", "domains.ts", "account-groups.ts"]) write(other, "export {};");
  write("tda.ts", "export const tda = {};");
  write("game-platform2.ts", "export const gamePlatform2 = () => ({});");
  expect(await domainFiles(folder)).toEqual(["game-platform2.ts", "tda.ts"]);
  expect(domainListText(["tda.ts", "game-platform2.ts"])).toContain(
    '  "topics/tda.ts": tda,\n  "topics/game-platform2.ts": gamePlatform2,\n',
  );

  write("Bad.ts", "export const bad = {};");
  write("two.ts", "export const two = {}; export const three = {};");
  write("none.ts", "export {};");
  write("broken.ts", 'throw new Error("no such profile");');
  await expect(domainFiles(folder)).rejects.toThrow(
    [
      "topics/Bad.ts: wanted a name such as game-platform.ts.",
      "topics/broken.ts cannot be loaded: no such profile",
      "topics/none.ts exports nothing: wanted one domain, called none.",
      "topics/two.ts exports three, two: wanted one domain, called two.",
    ].join("\n"),
  );
  rmSync(folder, { recursive: true });
});

test("CODEOWNERS keeps what people wrote, and takes the organisation from their first rule", () => {
  const head = "# ours\n* @acme/kafka\n/docs/ @acme/writers\n";
  const once = codeOwnersText(head, { "topics/a.ts": "Team A", "topics/b.ts": "b" });
  expect(once).toMatch(/^# ours\n\* @acme\/kafka\n\/docs\/ @acme\/writers\n\n# From here on .*\n/);
  expect(once.split("\n").slice(-3)).toEqual([
    "/topics/a.ts @acme/team-a",
    "/topics/b.ts @acme/b",
    "",
  ]);
  expect(codeOwnersText(once, { "topics/b.ts": "b" })).not.toContain("team-a");
  expect(() => codeOwnersText("", {})).toThrow("wanted a line such as `* @your-company/platform`");
});

test("the README's commands stand between two marks, and the rest of it is kept", () => {
  const page = withCommands(
    "# A\n\n<!-- commands -->\nold\n<!-- /commands -->\n\nafter\n",
    COMMANDS,
  );
  expect(page).toMatch(/^# A\n\n<!-- commands -->\n\n\| for \| commands \|/);
  expect(page).toMatch(/^\| The catalogue \| .*`generate`, .* \|$/m);
  const named = [...page.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(COMMANDS.map(({ name }) => name).toSorted());
  expect(page).toMatch(/\|\n\n<!-- \/commands -->\n\nafter\n$/);
  expect(page).not.toContain("old");
  expect(() => withCommands("# A", COMMANDS)).toThrow("README.md has no place for the commands");
});
