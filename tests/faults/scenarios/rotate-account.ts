import { strict as assert } from "node:assert";
import type { Checkout } from "../../support/project/checkout.ts";
import { changedProperty } from "../changed-property.ts";
import { rotate } from "../rotate.ts";
import type { Scenario } from "../scenario.ts";

const ACCOUNT = "shop-backend";
const REMOVED = "spark-streaming";
const DECLARED_IN = "topics/e-commerce.ts";
/** What is declared behind it. */
const NEXT = '    "shop-dashboards": {';
const DECLARATION = new RegExp(` {4}"${REMOVED}": \\{[\\s\\S]*?\\n {4}\\},\\n`);

/**
 * Kafka keeps its users by mechanism, and could lose some of them at a start when a mechanism ran
 * empty on the way: the removal and the restart are there to see that nobody is lost.
 */
export const rotateAccount: Scenario = {
  name: "rotate-account",
  title: `${ACCOUNT}'s password replaced, ${REMOVED} removed, then every broker restarted`,
  kind: "planned",
  writes: { account: ACCOUNT, topics: ["transactions", "user-events"] },
  async run(cluster, writers) {
    const { stack } = cluster;
    const { accounts: before } = await stack.outputs();
    await rotate(stack, ACCOUNT, async () => {
      await writers.use(await cluster.config(ACCOUNT));
    });

    const declaration = remove(stack.checkout);
    try {
      await stack.succeed("start");
      changedProperty(cluster);
      await stack.succeed("start");
      await cluster.healthy();
      await cluster.everybodyLogsIn();
      for (const name of [ACCOUNT, REMOVED]) {
        const old = before[name];
        assert.ok(old, `there was no ${name}`);
        const refusal = await cluster.refusalOf(old);
        assert.notEqual(refusal, undefined, `${name} still logs in with its old password`);
      }
    } finally {
      stack.checkout.edit(DECLARED_IN, (text) => text.replace(NEXT, declaration + NEXT));
    }
    await stack.succeed("start");
    return [];
  },
};

/** Takes the declaration of {@link REMOVED} away. @returns what it was */
function remove(checkout: Checkout): string {
  let declaration = "";
  checkout.edit(DECLARED_IN, (text) => {
    [declaration = ""] = DECLARATION.exec(text) ?? [];
    return text.replace(declaration, "");
  });
  return declaration;
}
