import { figures } from "../../model/values/amount-text.ts";
import type { ClusterRoom } from "../../model/capacity/capacity.ts";
import { atLoad, USUAL_LOAD } from "../../model/capacity/environment-load.ts";
import { catalogueCapacity } from "../../model/capacity/catalogue-load.ts";
import { print } from "../terminal/arguments.ts";
import { configFlags, EXIT, FORMAT, type Command } from "../terminal/command.ts";
import { arithmeticText, capacityText } from "../capacity/capacity-text.ts";
import { roomOf } from "../capacity/declared-capacity.ts";
import { declaredCatalogue } from "../stack/declared-catalogue.ts";
import { stackConfig } from "../stack/effective-config.ts";
import { stackOf } from "../stack/project.ts";
import { supposed, WHAT_IF_FLAGS, whatIf } from "../capacity/what-if.ts";

/** Said where the volumes are not those that topics declare. */
function loadNote({ environment, load = USUAL_LOAD[environment] }: ClusterRoom): string {
  return load === 1 ? "" : `, with ${figures(load * 100)} % of the declared volumes`;
}

export const command: Command = {
  description: "Warns from 70 % of what there is. Flags ask what if: they change nothing.",
  needsAttention: "more than 85 % of what there is would be needed",
  flags: {
    ...configFlags,
    ...WHAT_IF_FLAGS,
    format: FORMAT,
  },
  run(args) {
    const numbers = whatIf(args);
    const stack = stackOf(args);
    const config = stackConfig(stack);
    const declared = roomOf(config);
    const room = {
      ...declared,
      brokers: numbers.brokers ?? declared.brokers,
      storage: numbers.storage ?? declared.storage,
      network: numbers.network,
    };
    const catalogue = supposed(atLoad(declaredCatalogue(room), room), numbers, room);
    const plan = catalogueCapacity(catalogue, room, config.defaultQuota);
    const estimated = catalogue.topics
      .filter(({ eventsPerHour }) => !eventsPerHour.given)
      .map(({ name }) => name);
    const shown = plan.topics.find(({ name }) => name === numbers.topic);
    print(args, {
      lines: [
        `Stack ${stack.name}, environment ${room.environment}, ${room.brokers} ` +
          `${room.brokers === 1 ? "broker" : "brokers"}${loadNote(room)}:`,
        "",
        ...(shown ? [...arithmeticText(shown), ""] : []),
        ...capacityText(plan, estimated),
      ],
      json: { stack: stack.name, ...room, estimated, ...plan },
    });
    return Promise.resolve(plan.verdict === "failure" ? EXIT.needsAttention : EXIT.fine);
  },
};
