import { strict as assert } from "node:assert";
import { serialNumbers } from "../certificates.ts";
import type { Scenario } from "../scenario.ts";

const DECLARED_IN = "components/kubernetes/broker-certificates.ts";
const DAYS = "const RENEWED_HOURS_BEFORE = 30 *";
/** Longer than a certificate is valid: the next run finds all of them in their last days. */
const DUE = "const RENEWED_HOURS_BEFORE = 400 *";

export const rotateCertificates: Scenario = {
  name: "rotate-certificates",
  title: "the certificates of all brokers replaced by `up`, as when they are due",
  kind: "planned",
  async run(cluster) {
    const { stack } = cluster;
    const before = await serialNumbers(cluster);
    stack.checkout.edit(DECLARED_IN, (text) => text.replace(DAYS, DUE));
    try {
      await stack.succeed("start");
    } finally {
      stack.checkout.edit(DECLARED_IN, (text) => text.replace(DUE, DAYS));
    }
    await cluster.healthy();
    const after = await serialNumbers(cluster);
    assert.deepEqual(
      after.filter((serial) => before.includes(serial)),
      [],
      "a broker shows its old certificate",
    );
    const pods = await cluster.podIds();
    await stack.succeed("start");
    assert.deepEqual(await cluster.podIds(), pods, "certificates that are not due were replaced");
    return [];
  },
};
