import type { Delivery, Receivers } from "./receivers.ts";

/** Who is told of which alerts, and when: what Alertmanager's file and the operator's object both say. */

/** A condition on a label. */
export interface Matcher {
  readonly name: string;
  /** `=~`: the value is a regular expression, of all of the label. */
  readonly operator: "=" | "=~";
  readonly value: string;
}

export interface Route {
  readonly receiver: string;
  readonly matchers?: readonly Matcher[];
  /** Labels in which alerts agree that come in one message. */
  readonly groupBy?: readonly string[];
  /** How long a new group waits for more alerts. */
  readonly groupWait?: string;
  readonly groupInterval?: string;
  readonly repeatInterval?: string;
  readonly routes?: readonly Route[];
}

export const equals = (name: string, value: string): Matcher => ({ name, operator: "=", value });
export const oneOf = (name: string, ...values: readonly string[]): Matcher => ({
  ...{ name, operator: "=~" },
  value: values.join("|"),
});

/** Where alerts end that nobody is told of: they are still shown. */
const NOBODY = "nobody";

export const CRITICAL = equals("severity", "critical");

/** Every list of ways to tell somebody, by the name of its receiver. */
export function receiverLists(
  receivers: Receivers | undefined,
): Record<string, readonly Delivery[]> {
  if (receivers === undefined) return { [NOBODY]: [] };
  const { default: rest, owners, watchdog } = receivers;
  const ofOwners = Object.entries(owners).flatMap(([owner, { critical, warning }]) => [
    ...(critical ? [[`owner/${owner}/critical`, critical] as const] : []),
    ...(warning ? [[`owner/${owner}/warning`, warning] as const] : []),
  ]);
  return Object.fromEntries([
    [NOBODY, []],
    ["everybody/critical", rest.critical],
    ["everybody/warning", rest.warning ?? rest.critical],
    ...ofOwners,
    ...(watchdog ? [["watchdog", watchdog] as const] : []),
  ]);
}

/** The tree of routes. @param receivers who is told. Undefined: alerts are shown and sent to nobody */
export function routeOf(receivers: Receivers | undefined): Route {
  const grouping = { groupBy: ["cluster", "owner", "alertname"], groupInterval: "5m" };
  if (receivers === undefined) return { receiver: NOBODY, ...grouping };
  const soon = { groupWait: "10s", repeatInterval: "1h" };
  const ofOwners = Object.entries(receivers.owners).flatMap(
    ([owner, { critical, warning }]): Route[] => {
      const isOwners = equals("owner", owner);
      return [
        ...(critical
          ? [{ matchers: [isOwners, CRITICAL], receiver: `owner/${owner}/critical`, ...soon }]
          : []),
        ...(warning
          ? [
              {
                matchers: [isOwners, equals("severity", "warning")],
                receiver: `owner/${owner}/warning`,
              },
            ]
          : []),
      ];
    },
  );
  return {
    receiver: "everybody/warning",
    ...grouping,
    // What belongs together comes together.
    groupWait: "30s",
    repeatInterval: "12h",
    routes: [
      {
        matchers: [equals("alertname", "Watchdog")],
        receiver: receivers.watchdog ? "watchdog" : NOBODY,
        // Every minute: it is looked at each half of one, and repeated when the last is older than this. Where both are
        // a minute, it is just not old enough yet, and goes each second minute.
        ...{ groupWait: "0s", groupInterval: "30s", repeatInterval: "45s" },
      },
      { matchers: [equals("severity", "info")], receiver: NOBODY },
      ...ofOwners,
      { matchers: [CRITICAL], receiver: "everybody/critical", ...soon },
    ],
  };
}
