import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  authorityFacts,
  type AuthorityFacts,
  authorityStep,
  writeAuthorityStep,
} from "../../../cli/credentials/authority-rotation.ts";
import { encryptedText, readStackFile } from "../../../cli/stack/stack-file.ts";
import { signingKeyFaults } from "../../../model/credentials/certificate-authority.ts";
import { openSalt } from "../../../engine/index.ts";
import { createCertificateAuthority } from "../../../cli/credentials/certificate-authority.ts";

const PASSPHRASE = "a passphrase";
let folder = "";

beforeAll(() => {
  process.env["PULUMI_CONFIG_PASSPHRASE"] = PASSPHRASE;
  folder = mkdtempSync(path.join(tmpdir(), "authority-"));
});
afterAll(() => {
  delete process.env["PULUMI_CONFIG_PASSPHRASE"];
  rmSync(folder, { recursive: true });
});

const decide = (facts: Partial<AuthorityFacts>) =>
  authorityStep({
    ...{ configured: ["a"], applied: ["a"], nextKey: false, step: undefined, apply: "up" },
    ...facts,
  });

test("the steps follow from what is trusted, and from whose key is kept", () => {
  const both = { configured: ["a", "b"], applied: ["a", "b"] };
  expect(decide({})).toBe("set");
  expect(decide({ ...both, nextKey: true })).toBe("hand-out");
  expect(decide(both)).toBe("retire");
});

test.each<[string, Partial<AuthorityFacts>, string]>([
  [
    "was not applied",
    { configured: ["a", "b"] },
    "a step counts once it is applied. Run `up` first",
  ],
  ["is out of turn", { step: "retire" }, "--step retire: the next step of the authority is set"],
  [
    "no bundle of ours waits for",
    { configured: ["a", "b", "c"], applied: ["a", "b", "c"] },
    "has more than two certificates",
  ],
])("a step that %s is refused", (_, facts, message) => {
  expect(() => decide(facts)).toThrow(message);
});

test("at every step the key is that of the certificate that signs", async () => {
  const file = path.join(folder, "Pulumi.team.yaml");
  const stack = { name: "team", file, localFile: path.join(folder, "none.yaml") };
  const first = await createCertificateAuthority("first", new Date());
  const cluster = { kind: "kubernetes", caCertificate: first.certificate };
  const config = { "kafka-platform:cluster": cluster, "kafka-platform:caKey": "the first key" };
  writeFileSync(file, JSON.stringify({ config }));

  const take = async () => {
    const bundle = (readStackFile(file).config["kafka-platform:cluster"] as typeof cluster)
      .caCertificate;
    const facts = authorityFacts(stack, { caCertificate: bundle });
    if (!facts) throw new Error("the stack has no authority");
    const step = authorityStep({ ...facts, step: undefined, apply: "up" });
    await writeAuthorityStep(stack, step, facts.configured);
    const written = readStackFile(file);
    const { "kafka-platform:cluster": now, ...secrets } = written.config;
    return {
      step,
      secrets,
      salt: written.encryptionsalt,
      trusted: (now as typeof cluster).caCertificate,
    };
  };
  const set = await take();
  expect(set.step).toBe("set");
  expect(set.trusted.startsWith(first.certificate.trim())).toBe(true);
  expect(set.secrets["kafka-platform:caKey"]).toBe("the first key");
  const second = set.trusted.slice(first.certificate.trim().length).trim();

  const handOut = await take();
  expect(handOut.step).toBe("hand-out");
  expect(handOut.trusted).toBe(`${second}\n${first.certificate.trim()}\n`);
  expect(Object.keys(handOut.secrets)).toEqual(["kafka-platform:caKey"]);
  const cipher = await openSalt(handOut.salt ?? "", { value: PASSPHRASE, source: "the test" });
  const key = cipher.decrypt(encryptedText(handOut.secrets["kafka-platform:caKey"]) ?? "");
  expect(signingKeyFaults(key, second)).toEqual([]);

  const retire = await take();
  expect(retire).toEqual({ ...handOut, step: "retire", trusted: `${second}\n` });
});

test("a stack without an authority, or that was never put up, has no facts", () => {
  const file = path.join(folder, "Pulumi.bare.yaml");
  const stack = { name: "bare", file, localFile: path.join(folder, "none.yaml") };
  const facts = (cluster: object, outputs: object) => {
    writeFileSync(file, JSON.stringify({ config: { "kafka-platform:cluster": cluster } }));
    return authorityFacts(stack, outputs);
  };
  expect(facts({ kind: "docker" }, { caCertificate: "PEM" })).toBeUndefined();
  expect(facts({ caCertificate: "PEM" }, {})).toBeUndefined();
});
