import { CONTAINER, DOCKER_BROKER, DOCKER_UI } from "../../../../model/stack/resource-types.ts";
import type { BadStack } from "../bad-stack.ts";

export const DEV_STACKS: Readonly<Record<string, BadStack>> = {
  "a broker on every network of the machine": {
    stack: "dev",
    patches: [{ type: CONTAINER, name: "broker", at: ["ports", 0, "ip"], value: "0.0.0.0" }],
    breaks: { "docker-loopback": ["broker"] },
  },
  "a privileged UI without a login": {
    stack: "dev",
    patches: [
      { type: CONTAINER, name: "ui", at: ["privileged"], value: true },
      { type: DOCKER_UI, name: "ui", at: ["auth"], value: "DISABLED" },
    ],
    breaks: { "docker-hardened": ["ui"], "ui-locked": ["ui"] },
  },
  "a broker without an authorizer": {
    stack: "dev",
    patches: [
      {
        type: DOCKER_BROKER,
        name: "broker",
        at: ["properties", "authorizer.class.name"],
        value: "",
      },
    ],
    breaks: { "broker-authorizer": ["broker"] },
  },
};
