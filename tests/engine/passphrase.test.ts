import { expect, test } from "vitest";
import { createSalt, openSalt } from "../../engine/state/passphrase.ts";

const PASSPHRASE = { value: "password", source: "PULUMI_CONFIG_PASSPHRASE" };

test("what was made can be opened, by the same passphrase only", async () => {
  const made = await createSalt(PASSPHRASE);
  expect(made.salt).toMatch(/^v1:[A-Za-z0-9+/]{11}=:v1:[A-Za-z0-9+/]{16}:[A-Za-z0-9+/]{30}==$/);
  const text = 'äöü\n"quoted" and 4096 bytes ' + "x".repeat(4096);
  const value = made.cipher.encrypt(text);
  expect(value).toMatch(/^v1:[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$/);
  expect(made.cipher.encrypt(text)).not.toBe(value);
  const opened = await openSalt(made.salt, PASSPHRASE);
  expect(opened.decrypt(value)).toBe(text);
  expect(opened.decrypt(opened.encrypt(""))).toBe("");
  const [version, nonce, sealed = ""] = value.split(":");
  const tampered = `${version}:${nonce}:${sealed.startsWith("A") ? "B" : "A"}${sealed.slice(1)}`;
  expect(() => opened.decrypt(tampered)).toThrow();
  expect(() => opened.decrypt("v2:a:b")).toThrow("an encrypted value is malformed");
});

test("a wrong passphrase is refused with where it came from", async () => {
  const { salt } = await createSalt(PASSPHRASE);
  await expect(openSalt(salt, { value: "Password", source: "the file x" })).rejects.toThrow(
    "incorrect passphrase (from the file x); give the one this stack was made with",
  );
  await expect(openSalt("v1:nonsense", PASSPHRASE)).rejects.toThrow(
    'the encryption salt "v1:nonsense" is malformed',
  );
});

test("what the Pulumi CLI encrypted can be read", async () => {
  // From Pulumi's own tests: a stack file as the CLI writes it (tests/roundtrip).
  const salt = "v1:ThS5UPxP9qc=:v1:UZYAXF+ylaJ0rGhv:9OTvBnOEDFgxs7btjzSu+LZ470vLpg==";
  const cipher = await openSalt(salt, { value: "TestConfigRoundtripComments", source: "-" });
  const value = "v1:T1ftqhY0hqr+EJK6:+jvd5PMecFx80tcavzuZY4tLatgIfoe/xR72GA==";
  expect(cipher.decrypt(value)).toBe("secret-value");
});
