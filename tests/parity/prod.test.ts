/**
 * The prod stack with a small overlay on the lab, on the Pulumi CLI with its own providers, then on the
 * embedded engine: what they plan, record and make is the same but for what is known and meant.
 */
import { inject } from "vitest";
import { type TestCluster, testCluster } from "../kubernetes/support/lab.ts";
import { PASSPHRASE, PlatformStack } from "../kubernetes/support/platform-stack.ts";
import { importUiStandIn, removeUiStandIn, UI_IMAGE } from "../kubernetes/support/ui-image.ts";
import { kafkaObjects } from "./looks/kafka.ts";
import { kubernetesObjects } from "./looks/kubernetes.ts";
import { describeParity } from "./parity.ts";
import { prodChanges, prodMade } from "./prod-changes.ts";
import { StackFiles } from "./stack-files.ts";

const NAME = "kafka-parity";
const PORT = 30292;

interface Outputs {
  readonly bootstrapServers: string;
  readonly caCertificate: string;
  readonly admin: { readonly username: string; readonly password: string };
}

let lab: { readonly cluster: TestCluster; readonly takeDown?: () => Promise<void> } | undefined;
let stack: PlatformStack;

const notTheLab = (): string =>
  (process.env["KUBECONFIG"] ?? "") === "" ? "" : "KUBECONFIG names another cluster";

describeParity({
  stack: "prod",
  skip: () => inject("withoutPulumi") || notTheLab(),
  async begin() {
    const { cluster, takeDown } = await testCluster();
    lab = { cluster, ...(takeDown && { takeDown }) };
    stack = new PlatformStack({ cluster, name: NAME, port: PORT });
    await importUiStandIn();
    await stack.begin({ image: UI_IMAGE });
    return new StackFiles(NAME, PASSPHRASE, stack.checkout);
  },
  changes: prodChanges,
  made: prodMade,
  async look(outputs) {
    const { bootstrapServers: bootstrap, caCertificate: ca, admin } = outputs as Outputs;
    return {
      kubernetes: await kubernetesObjects((...args) => stack.kubectl(...args), NAME),
      kafka: await kafkaObjects({ bootstrap, ca, ...admin }),
    };
  },
  async left() {
    const namespaces = await stack.kubectl("get", "namespaces", "--output", "name");
    return [
      ...namespaces.split("\n").filter((namespace) => namespace.includes(NAME)),
      ...(await stack.volumes()),
    ];
  },
  async end() {
    if (lab === undefined) return;
    await stack.end();
    removeUiStandIn();
    await lab.takeDown?.();
  },
});
