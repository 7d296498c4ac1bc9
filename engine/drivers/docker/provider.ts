/** The Docker provider of the embedded engine: the part of `@pulumi/docker` the program uses. */
import Dockerode from "dockerode";
import type { CheckResult, Properties, ProviderDriver } from "../driver.ts";
import { containerDriver } from "./container.ts";
import { ask } from "./daemon-errors.ts";
import { DEFAULT_HOST, parseHost } from "./host.ts";
import { imageDriver } from "./image.ts";
import { networkDriver } from "./network.ts";
import { optional, text } from "../property-rules.ts";
import { checkTable, updates } from "../property-table.ts";
import { volumeDriver } from "./volume.ts";

const arguments_ = { host: updates(optional(text())) };

export const dockerProvider: ProviderDriver<Dockerode> = {
  name: "docker",

  check(inputs: Properties): CheckResult {
    const result = checkTable(arguments_, inputs);
    const host = result.inputs["host"];
    if (typeof host !== "string") return result;
    const address = parseHost(host);
    if (!("fault" in address)) return result;
    return {
      ...result,
      failures: [...result.failures, { property: "host", reason: address.fault }],
    };
  },

  /** `host`, else DOCKER_HOST, else the default socket. Throws when the daemon does not answer. */
  async connect(config: Properties): Promise<Dockerode> {
    const configured = config["host"];
    const fromEnvironment = process.env["DOCKER_HOST"] ?? "";
    const address =
      typeof configured === "string"
        ? parseHost(configured)
        : parseHost(fromEnvironment === "" ? DEFAULT_HOST : fromEnvironment, "DOCKER_HOST");
    if ("fault" in address) throw new Error(address.fault);
    const client = new Dockerode(address.options);
    await ask(client, "use Docker", client.ping());
    return client;
  },

  // Idle connections are the HTTP agent's, which neither keeps the process alive nor keeps them long.
  close: () => Promise.resolve(),

  resources: [networkDriver, volumeDriver, imageDriver, containerDriver],
};
