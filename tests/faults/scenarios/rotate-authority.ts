import { strict as assert } from "node:assert";
import type { RotationStep } from "../../../model/credentials/rotation.ts";
import { fromRunbook, UP } from "../../kubernetes/support/runbook.ts";
import { shownCertificates } from "../certificates.ts";
import type { ClusterUnderTest } from "../cluster.ts";
import type { Scenario } from "../scenario.ts";

const RUNBOOK = "replace-authority";
const ROTATE = "npm run rotate -- --stack prod authority";

/**
 * First everybody trusts both authorities, then the new one signs, then the old one goes. Clients are
 * given both before the second step.
 */
export const rotateAuthority: Scenario = {
  name: "rotate-authority",
  title: "the certificate authority replaced: both trusted, the new one signs, the old one dropped",
  kind: "planned",
  async run(cluster, writers) {
    const { stack } = cluster;
    const { caCertificate: old } = await stack.outputs();
    const step = async (name: RotationStep) => {
      const consent = name === "retire" ? ["--yes"] : [];
      await stack.succeed(...fromRunbook(RUNBOOK, ROTATE), "--step", name, ...consent);
      await stack.succeed(...fromRunbook(RUNBOOK, UP));
      return (await stack.outputs()).caCertificate;
    };

    const both = await step("set");
    const next = both.slice(old.trim().length).trim();
    assert.deepEqual(await connecting(cluster, { old, both, next }), ["old", "both"]);
    await writers.use(await cluster.config());

    await step("hand-out");
    assert.deepEqual(await connecting(cluster, { old, both, next }), ["both", "next"]);

    await step("retire");
    assert.deepEqual(await connecting(cluster, { old, both, next }), ["both", "next"]);
    await writers.use(await cluster.config());
    await cluster.healthy();
    await cluster.everybodyLogsIn();
    return [];
  },
};

/** Names of those, of clients that trust different certificates, whom every broker can convince. */
async function connecting(
  cluster: ClusterUnderTest,
  clients: Readonly<Record<string, string>>,
): Promise<string[]> {
  const convinced = await Promise.all(
    Object.entries(clients).map(async ([name, trusted]) => {
      const shown = await shownCertificates(cluster, trusted);
      return shown.every(({ complaint }) => complaint === undefined) ? [name] : [];
    }),
  );
  return convinced.flat();
}
