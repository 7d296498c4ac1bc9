import { strict as assert } from "node:assert";
import { podOf } from "../brokers.ts";
import type { ClusterUnderTest } from "../cluster.ts";
import { LIBFAKETIME, libfaketime } from "../injection/clock.ts";
import { derivedImage } from "../injection/images.ts";
import type { Scenario } from "../scenario.ts";

const BROKER = 2;
const AHEAD_SECONDS = 600;

/**
 * Over the image's own entry point: one broker's processes see another time. Time-outs stay as they are:
 * Java waits by the monotonic clock, and without the last setting its waits would end at once.
 */
const WRAPPER = `#!/bin/bash
if [[ $HOSTNAME == *-${String(BROKER)} ]]; then
  export LD_PRELOAD=/opt/${LIBFAKETIME} FAKETIME=+${String(AHEAD_SECONDS)}s
  export FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0
fi
exec bash /opt/kafka-platform/entrypoint.sh
`;

const LAYER = `USER 0
COPY ${LIBFAKETIME} skewed.sh /opt/
RUN chmod 0755 /opt/${LIBFAKETIME} /opt/skewed.sh
USER 1000:0
ENTRYPOINT ["/opt/skewed.sh"]`;

export const clockSkew: Scenario = {
  name: "clock-skew",
  title: `the clock of broker ${String(BROKER)} ten minutes fast`,
  kind: "planned",
  async run(cluster) {
    const { stack } = cluster;
    const files = { [LIBFAKETIME]: libfaketime(), "skewed.sh": Buffer.from(WRAPPER) };
    const image = await derivedImage(stack.image, LAYER, files);
    try {
      stack.set("image", image.reference);
      await stack.succeed("start");
      await cluster.healthy();
      const ahead = await secondsAhead(cluster);
      assert.ok(Math.abs(ahead - AHEAD_SECONDS) < 10, `its clock is ${String(ahead)} s ahead`);
    } finally {
      stack.set("image", stack.imageReference);
      image.remove();
    }
    await stack.succeed("start");
    await cluster.healthy();
    return [];
  },
};

/** By its log: the time that Kubernetes has put before a line, and the broker's own in it. */
async function secondsAhead({ stack }: ClusterUnderTest): Promise<number> {
  const log = await stack.kubectl("logs", podOf(BROKER), "--timestamps");
  const lines = log.matchAll(/^(\S+Z) \[(\S+) ([0-9:]+),\d+\]/gm);
  const [, kubernetes = "", date = "", time = ""] = [...lines].at(-1) ?? [];
  return (Date.parse(`${date}T${time}Z`) - Date.parse(kubernetes)) / 1000;
}
