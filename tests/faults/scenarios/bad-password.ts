import { badRoll } from "../bad-roll.ts";
import type { Scenario } from "../scenario.ts";

/** The brokers' users have passwords that are derived from the secret; Kafka and the others know the old ones. */
export const badPassword: Scenario = {
  name: "bad-password",
  title: "`up` with wrong inter-broker passwords, then the right ones",
  kind: "planned",
  async run(cluster) {
    let restore: () => void = () => undefined;
    await badRoll(
      cluster,
      async () => {
        restore = await cluster.stack.replaceSecret("stackSecret", "0".repeat(64));
      },
      () => restore(),
    );
    return [];
  },
};
