import { expect, test } from "vitest";
import { credentialWarnings } from "../../../model/credentials/credential-warnings.ts";

test("entries of accounts that there are none of are named in one warning", () => {
  expect(credentialWarnings({ b: [], a: [], shop: [] }, ["shop"])).toEqual([
    "credentials: no account is called a, b. The entry of an account that is gone stays as it is; " +
      "one whose name is misspelt has no effect.",
  ]);
});

test("the entries of declared accounts, the administrator and the UI are known", () => {
  expect(credentialWarnings({ admin: [], "kafka-ui": [], shop: [] }, ["shop"])).toEqual([]);
});
