import { bundledOnTheLab } from "../kubernetes/support/monitoring-images.ts";
import { NODE } from "../kubernetes/support/platform-stack.ts";
import type { Receiver, Way } from "./receiver.ts";

/** `observability` of a stack file whose Alertmanager tells this receiver, and reaches nobody else. */
export async function watchedBy(receiver: Receiver): Promise<object> {
  const bundled = (await bundledOnTheLab()) as { readonly alertmanager: object };
  const by = (way: Way) => [{ webhook: { url: receiver.url(way) } }];
  return {
    ...bundled,
    alertmanager: {
      ...bundled.alertmanager,
      ...{ receiverRanges: [`${NODE}/32`], receiverPorts: [receiver.port] },
    },
    receivers: {
      default: { critical: by("calls"), warning: by("tickets") },
      watchdog: by("watchdog"),
    },
  };
}
