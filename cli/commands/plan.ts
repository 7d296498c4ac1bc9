import { catalogueCapacity } from "../../model/capacity/catalogue-load.ts";
import { CONFIG_FILE, type Command, oneOf, STACK, text } from "../terminal/arguments.ts";
import { arithmeticText, capacityText } from "../capacity/capacity-text.ts";
import { roomOf } from "../capacity/declared-capacity.ts";
import { declaredCatalogue } from "../stack/declared-catalogue.ts";
import { stackConfig } from "../stack/effective-config.ts";
import { findStack } from "../stack/project.ts";
import { supposed, WHAT_IF_FLAGS, whatIf } from "../capacity/what-if.ts";

/** The exit code of a plan that does not fit; anything else that fails exits with 1. */
const DOES_NOT_FIT = 2;

export const command: Command = {
  summary:
    "disks, networks, partitions and quotas that the declared volumes need: warns from 70 % of what " +
    "there is, exit code 2 from 85 %",
  flags: {
    stack: STACK,
    "config-file": CONFIG_FILE,
    ...WHAT_IF_FLAGS,
    format: { type: "string", value: "text|json", description: "default: text" },
  },
  run(args) {
    const format = oneOf("format", text(args, "format") ?? "text", ["text", "json"]);
    const numbers = whatIf(args);
    const stack = findStack(text(args, "stack"), text(args, "config-file"));
    const config = stackConfig(stack);
    const declared = roomOf(config);
    const room = {
      ...declared,
      brokers: numbers.brokers ?? declared.brokers,
      storage: numbers.storage ?? declared.storage,
      network: numbers.network,
    };
    const catalogue = supposed(declaredCatalogue(room), numbers, room);
    const plan = catalogueCapacity(catalogue, room, config.defaultQuota);
    const estimated = catalogue.topics
      .filter(({ eventsPerHour }) => !eventsPerHour.given)
      .map(({ name }) => name);
    const shown = plan.topics.find(({ name }) => name === numbers.topic);
    console.log(
      format === "json"
        ? JSON.stringify({ stack: stack.name, ...room, estimated, ...plan }, undefined, 2)
        : [
            `Stack ${stack.name}, environment ${room.environment}, ${room.brokers} ` +
              `${room.brokers === 1 ? "broker" : "brokers"}:`,
            "",
            ...(shown ? [...arithmeticText(shown), ""] : []),
            ...capacityText(plan, estimated),
          ].join("\n"),
    );
    return Promise.resolve(plan.verdict === "failure" ? DOES_NOT_FIT : 0);
  },
};
