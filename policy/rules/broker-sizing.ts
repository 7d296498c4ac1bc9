import { EVERYWHERE, type ResourceRule, SHARED, show, when } from "../rule.ts";
import { CONTAINER, STATEFUL_SET } from "../../model/stack/resource-types.ts";
import { brokerProcess, heapOption } from "../broker-process.ts";
import { isBrokerSet } from "../workloads.ts";
import { MIB } from "../../model/values/units.ts";

const FEWEST_BROKERS = 3;
const QUORUM_SIZES = [3, 5];

/** Rules on how many brokers there are, and how large. */
export const BROKER_SIZING_RULES: readonly ResourceRule[] = [
  {
    id: "broker-count",
    level: "mandatory",
    environments: SHARED,
    types: [STATEFUL_SET],
    title: `There are at least ${FEWEST_BROKERS} brokers`,
    reason: "With fewer, no broker can be away without an outage.",
    fix: "Raise cluster.brokers.",
    check(subject) {
      if (!isBrokerSet(subject)) return [];
      const replicas = subject.fields.in("spec").number("replicas");
      const wanted = `at least ${FEWEST_BROKERS}`;
      return when(
        (replicas ?? 1) < FEWEST_BROKERS,
        `spec.replicas is ${show(replicas)}; wanted ${wanted}`,
      );
    },
  },
  {
    id: "quorum-odd",
    level: "mandatory",
    environments: SHARED,
    types: [STATEFUL_SET],
    title: "The quorum is formed by 3 or 5 of the brokers",
    reason: "A fourth voter makes every decision slower, and survives no more losses than three.",
    fix: "List 3 or 5 cluster.directoryIds.",
    check(subject) {
      if (!isBrokerSet(subject)) return [];
      const voters = brokerProcess(subject)?.environment["INITIAL_CONTROLLERS"];
      if (voters === undefined) return ["INITIAL_CONTROLLERS is missing"];
      const count = voters.split(",").length;
      const brokers = subject.fields.in("spec").number("replicas") ?? 1;
      return when(
        !QUORUM_SIZES.includes(count) || count > brokers,
        `INITIAL_CONTROLLERS names ${count} of ${brokers} brokers; wanted 3 or 5`,
      );
    },
  },
  {
    id: "heap-vs-limit",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [STATEFUL_SET, CONTAINER],
    title:
      "A broker's heap does not grow, is at most half of its memory, and all of that is its own",
    reason:
      "The other half is page cache, from which consumers read. What is not requested is taken from " +
      "others, and the broker is killed for it.",
    fix: "Set cluster.memory; heap, request and limit follow from it.",
    check(subject) {
      const broker = brokerProcess(subject);
      if (!broker) return [];
      const { environment, limit, request } = broker;
      const options = environment["KAFKA_HEAP_OPTS"] ?? "";
      const [least, most] = [heapOption(options, "-Xms"), heapOption(options, "-Xmx")];
      if (least === undefined || most === undefined) {
        return [`KAFKA_HEAP_OPTS is ${show(environment["KAFKA_HEAP_OPTS"])}; wanted -Xms and -Xmx`];
      }
      if (limit === undefined) return ["the limit of memory is missing"];
      return [
        ...when(least !== most, `-Xms is ${mib(least)}, -Xmx ${mib(most)}; wanted them equal`),
        ...when(most > limit / 2, `the heap is ${mib(most)} of ${mib(limit)}; wanted half at most`),
        ...when(
          request !== limit,
          `${request === undefined ? "no memory" : mib(request)} requested, ${mib(limit)} allowed; wanted them equal`,
        ),
      ];
    },
  },
];

const mib = (bytes: number): string => `${Math.round(bytes / MIB)} MiB`;
