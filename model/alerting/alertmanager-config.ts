import { stringify } from "yaml";
import { INHIBITIONS } from "./inhibitions.ts";
import type { Delivery, Receivers } from "./receivers.ts";

/** Where alerts end that nobody is told of: they are still shown. */
const NOBODY = "nobody";

/** What a person reads first: who, what, how much, and what to do. */
const TITLE =
  "[{{ .Status | toUpper }}] {{ .CommonLabels.severity }}: {{ .CommonLabels.alertname }} ({{ .CommonLabels.owner }})";
const TEXT =
  "{{ range .Alerts }}*{{ .Annotations.summary }}*\n{{ .Annotations.description }}\n" +
  "{{ .Annotations.impact }}\n`{{ .Annotations.command }}`\n{{ .Annotations.runbook_url }}\n{{ end }}";

/**
 * Alertmanager's configuration, for 0.25 and later. It holds no secret: each is read from a file of its name.
 *
 * @param receivers who is told. Undefined: alerts are shown and sent to nobody
 * @param secretsDirectory absolute path of the folder with a file for each of `receiverSecretNames(receivers)`
 */
export function alertmanagerConfig(
  receivers: Receivers | undefined,
  secretsDirectory: string,
): string {
  const file = (name: string): string => `${secretsDirectory}/${name}`;
  const config = {
    ...(receivers?.smtp && { global: smtpSettings(receivers.smtp, file) }),
    route: routeOf(receivers),
    inhibit_rules: INHIBITIONS,
    receivers: [
      { name: NOBODY },
      ...Object.entries(receivers ? receiverLists(receivers) : {}).map(([name, deliveries]) => ({
        name,
        ...integrations(deliveries, file),
      })),
    ],
  };
  return stringify(config, { lineWidth: 0 });
}

/** Every list of ways to tell somebody, by the name of its receiver. */
function receiverLists({ default: rest, owners, watchdog }: Receivers): Record<string, Delivery[]> {
  const ofOwners = Object.entries(owners).flatMap(([owner, { critical, warning }]) => [
    ...(critical ? [[`owner/${owner}/critical`, critical] as const] : []),
    ...(warning ? [[`owner/${owner}/warning`, warning] as const] : []),
  ]);
  return Object.fromEntries([
    ["everybody/critical", rest.critical],
    ["everybody/warning", rest.warning ?? rest.critical],
    ...ofOwners,
    ...(watchdog ? [["watchdog", watchdog] as const] : []),
  ]);
}

const CRITICAL = 'severity="critical"';

function routeOf(receivers: Receivers | undefined) {
  const grouping = { group_by: ["cluster", "owner", "alertname"], group_interval: "5m" };
  if (receivers === undefined) return { receiver: NOBODY, ...grouping };
  const soon = { group_wait: "10s", repeat_interval: "1h" };
  const ofOwners = Object.entries(receivers.owners).flatMap(([owner, { critical, warning }]) => {
    const isOwners = `owner=${JSON.stringify(owner)}`;
    return [
      ...(critical
        ? [{ matchers: [isOwners, CRITICAL], receiver: `owner/${owner}/critical`, ...soon }]
        : []),
      ...(warning
        ? [{ matchers: [isOwners, 'severity="warning"'], receiver: `owner/${owner}/warning` }]
        : []),
    ];
  });
  return {
    receiver: "everybody/warning",
    ...grouping,
    // What belongs together comes together.
    group_wait: "30s",
    repeat_interval: "12h",
    routes: [
      {
        matchers: ['alertname="Watchdog"'],
        receiver: receivers.watchdog ? "watchdog" : NOBODY,
        ...{ group_wait: "0s", group_interval: "1m", repeat_interval: "1m" },
      },
      { matchers: ['severity="info"'], receiver: NOBODY },
      ...ofOwners,
      { matchers: [CRITICAL], receiver: "everybody/critical", ...soon },
    ],
  };
}

type FileOf = (secret: string) => string;

const smtpSettings = (smtp: NonNullable<Receivers["smtp"]>, file: FileOf) => ({
  smtp_smarthost: smtp.host,
  smtp_from: smtp.from,
  ...(smtp.username !== undefined && { smtp_auth_username: smtp.username }),
  ...(smtp.secret !== undefined && { smtp_auth_password_file: file(smtp.secret) }),
});

function integrations(deliveries: readonly Delivery[], file: FileOf) {
  const webhooks = deliveries.flatMap((one) => ("webhook" in one ? [one.webhook] : []));
  const emails = deliveries.flatMap((one) => ("email" in one ? [one.email] : []));
  const slacks = deliveries.flatMap((one) => ("slack" in one ? [one.slack] : []));
  return {
    ...(webhooks.length > 0 && {
      webhook_configs: webhooks.map(({ url, secret }) => ({
        url,
        send_resolved: true,
        ...(secret !== undefined && {
          http_config: { authorization: { type: "Bearer", credentials_file: file(secret) } },
        }),
      })),
    }),
    ...(emails.length > 0 && {
      email_configs: emails.map(({ to }) => ({
        to,
        send_resolved: true,
        headers: { Subject: TITLE },
      })),
    }),
    ...(slacks.length > 0 && {
      slack_configs: slacks.map(({ channel, secret }) => ({
        api_url_file: file(secret),
        channel,
        send_resolved: true,
        title: TITLE,
        text: TEXT,
      })),
    }),
  };
}
