import { EVERYWHERE, type ResourceRule, show, when } from "../rule.ts";
import { CONTAINER } from "../../model/stack/resource-types.ts";

const LOOPBACK = ["127.0.0.1", "::1"];

/** Rules on containers of a Docker host. */
export const DOCKER_RULES: readonly ResourceRule[] = [
  {
    id: "docker-loopback",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [CONTAINER],
    title: "Containers publish ports on loopback only",
    reason:
      "A developer's machine is on other people's networks, and Docker goes round its firewall.",
    fix: 'Publish with ip: "127.0.0.1".',
    check: ({ fields }) => [
      ...when(fields.text("networkMode") === "host", 'networkMode is "host"'),
      ...when(fields.flag("publishAllPorts") === true, "publishAllPorts is true"),
      ...fields.list("ports").flatMap((port) => {
        const ip = port.text("ip");
        const message = `port ${port.number("internal")}: ip is ${show(ip)}; wanted "127.0.0.1"`;
        return when(!LOOPBACK.includes(ip ?? ""), message);
      }),
    ],
  },
  {
    id: "docker-hardened",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [CONTAINER],
    title: "Containers give up every privilege, and have a limit of memory",
    reason: "Whoever takes over a process that has none has the container, and no more.",
    fix: "Use the defaults of the platform's other containers.",
    check: ({ fields }) => [
      ...when(fields.flag("privileged") === true, "privileged is true"),
      ...when(
        !fields.in("capabilities").texts("drops").includes("ALL"),
        'capabilities.drops has no "ALL"',
      ),
      ...when(
        !fields.texts("securityOpts").some((option) => option.startsWith("no-new-privileges")),
        'securityOpts has no "no-new-privileges:true"',
      ),
      ...when(fields.number("memory") === undefined, "memory is missing"),
    ],
  },
];
