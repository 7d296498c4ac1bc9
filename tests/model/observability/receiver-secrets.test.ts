import { expect, test } from "vitest";
import { receiversSchema } from "../../../model/alerting/receivers.ts";
import {
  receiverSecretFaults,
  receiverSecrets,
} from "../../../model/observability/receiver-secrets.ts";

const receivers = receiversSchema.parse({
  default: { critical: [{ webhook: { url: "https://pager.example.org", secret: "pager" } }] },
});

test("receivers get the secrets that they name, and no others", () => {
  const text = JSON.stringify({ pager: "hunter2", other: "left alone" });
  expect(receiverSecretFaults(receivers, text)).toEqual([]);
  expect(receiverSecrets(receivers, text)).toEqual({ pager: "hunter2" });
  expect(receiverSecrets(undefined, text)).toEqual({});
});

test("a secret that is named and missing is told by its name, whether there are others or none", () => {
  const fault = ['receiverSecrets: "pager" is missing, which observability.receivers names'];
  expect(receiverSecretFaults(receivers, undefined)).toEqual(fault);
  expect(receiverSecretFaults(receivers, '{"other":"x"}')).toEqual(fault);
  expect(receiverSecretFaults(undefined, undefined)).toEqual([]);
});

test.each(["hunter2", '["hunter2"]', '{"pager":{"deep":"hunter2"}}', '{"pager":""}'])(
  "a secret of another shape is refused without being shown: %s",
  (text) => {
    const faults = receiverSecretFaults(receivers, text).join();
    expect(faults).toContain("wanted a JSON object of texts, by name");
    expect(faults).not.toContain("hunter2");
  },
);
