import { stringify } from "yaml";
import { INHIBITIONS } from "./inhibitions.ts";
import { TEXT, TITLE } from "./message-text.ts";
import { byKind, type Delivery, type Receivers } from "./receivers.ts";
import { type Matcher, receiverLists, type Route, routeOf } from "./routing.ts";

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
    route: routeText(routeOf(receivers)),
    inhibit_rules: INHIBITIONS.map(({ source, target, equal }) => ({
      source_matchers: source.map(matcher),
      target_matchers: target.map(matcher),
      equal,
    })),
    receivers: Object.entries(receiverLists(receivers)).map(([name, deliveries]) => ({
      name,
      ...integrations(deliveries, file),
    })),
  };
  return stringify(config, { lineWidth: 0 });
}

const matcher = ({ name, operator, value }: Matcher): string =>
  `${name}${operator}${JSON.stringify(value)}`;

const routeText = ({ receiver, matchers, groupBy, routes, ...times }: Route): object => ({
  receiver,
  ...(matchers && { matchers: matchers.map(matcher) }),
  ...(groupBy && { group_by: groupBy }),
  ...(times.groupWait !== undefined && { group_wait: times.groupWait }),
  ...(times.groupInterval !== undefined && { group_interval: times.groupInterval }),
  ...(times.repeatInterval !== undefined && { repeat_interval: times.repeatInterval }),
  ...(routes && { routes: routes.map(routeText) }),
});

type FileOf = (secret: string) => string;

const smtpSettings = (smtp: NonNullable<Receivers["smtp"]>, file: FileOf) => ({
  smtp_smarthost: smtp.host,
  smtp_from: smtp.from,
  ...(smtp.username !== undefined && { smtp_auth_username: smtp.username }),
  ...(smtp.secret !== undefined && { smtp_auth_password_file: file(smtp.secret) }),
});

function integrations(deliveries: readonly Delivery[], file: FileOf) {
  const { webhooks, emails, slacks } = byKind(deliveries);
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
