import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { TestAuthority } from "../../support/certificates.ts";
import { shownCertificates } from "../certificates.ts";
import { rotateStep } from "../rotate.ts";
import type { Scenario } from "../scenario.ts";

/** Long enough for the restart of every broker that hands it out. */
const LIVES_MS = 240_000;

/**
 * Brokers go on, and clients keep the connections that they have. OpenSSL's clients open no others
 * until a valid authority signs: what they cannot get rid of in five minutes is refused.
 */
export const expiredAuthority: Scenario = {
  name: "expired-authority",
  title: "the certificate authority past its end, `up` refused, then replaced in three steps",
  kind: "cluster",
  async run(cluster, writers) {
    const { stack } = cluster;
    const { caCertificate } = await stack.outputs();
    const authority = await TestAuthority.of(caCertificate, await stack.secret("caKey"));
    const end = Date.now() + LIVES_MS;
    stack.set("caCertificate", await authority.ending(new Date(end)));
    const { stderr: warned } = await stack.succeed("start");
    assert.match(warned, /certificate 1 of 1 .* ends on .*, before what it signs today/);
    await writers.use(await cluster.config());
    assert.ok(Date.now() < end, "its end came before every broker had its certificate");

    await sleep(end - Date.now() + 2000);
    const { caCertificate: expired } = await stack.outputs();
    for (const { complaint } of await shownCertificates(cluster, expired)) {
      assert.equal(complaint, "CERT_HAS_EXPIRED");
    }
    const pods = await cluster.podIds();
    const refused = await stack.run("start");
    assert.equal(refused.code, 1, "an `up` with an expired authority is not refused");
    assert.match(refused.stderr, /certificate 1 of 1 .* expired on .*, and no other is valid/);
    assert.deepEqual(await cluster.podIds(), pods, "the `up` that was refused restarts brokers");
    await cluster.healthy();

    await rotateStep(stack, "authority", "set");
    await cluster.healthy();
    await rotateStep(stack, "authority", "hand-out");
    await writers.use(await cluster.config());
    await rotateStep(stack, "authority", "retire");
    await cluster.healthy();
    await cluster.everybodyLogsIn();
    return [];
  },
};
