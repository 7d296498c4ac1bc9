import { INHIBITIONS } from "../../../../model/alerting/inhibitions.ts";
import { TEXT, TITLE } from "../../../../model/alerting/message-text.ts";
import { byKind, type Delivery, type Receivers } from "../../../../model/alerting/receivers.ts";
import {
  type Matcher,
  receiverLists,
  type Route,
  routeOf,
} from "../../../../model/alerting/routing.ts";
import { objectMetadata } from "../../../kubernetes/manifests/object-metadata.ts";
import type { PodMonitorArgs } from "./pod-monitor.ts";

/** A key of a Secret, beside the object. */
type SecretKey = (key: string) => { readonly name: string; readonly key: string };

const matcher = ({ name, operator, value }: Matcher) => ({ name, value, matchType: operator });

const route = ({ matchers, routes, ...rest }: Route): object => ({
  ...rest,
  ...(matchers && { matchers: matchers.map(matcher) }),
  ...(routes && { routes: routes.map(route) }),
});

/**
 * Who is told of the alerts, for the operator's Alertmanager: the same routes and receivers as in the file of an
 * Alertmanager of the stack's own. The operator lets it see alerts of its namespace only.
 *
 * @param secret name of the Secret that holds each of `receiverSecretNames(receivers)`
 */
export function alertmanagerConfigObject(
  args: PodMonitorArgs,
  names: { readonly object: string; readonly secret: string },
  receivers: Receivers,
) {
  const metadata = objectMetadata(args, "alertmanager", names.object);
  const secretKey: SecretKey = (key) => ({ name: names.secret, key });
  return {
    apiVersion: "monitoring.coreos.com/v1alpha1",
    kind: "AlertmanagerConfig",
    metadata: { ...metadata, labels: { ...metadata.labels, ...args.labels } },
    spec: {
      route: route(routeOf(receivers)),
      receivers: Object.entries(receiverLists(receivers)).map(([name, deliveries]) => ({
        name,
        ...integrations(deliveries, receivers.smtp, secretKey),
      })),
      inhibitRules: INHIBITIONS.map(({ source, target, equal }) => ({
        sourceMatch: source.map(matcher),
        targetMatch: target.map(matcher),
        equal,
      })),
    },
  };
}

function integrations(
  deliveries: readonly Delivery[],
  smtp: Receivers["smtp"],
  secretKey: SecretKey,
) {
  const { webhooks, emails, slacks } = byKind(deliveries);
  return {
    ...(webhooks.length > 0 && {
      webhookConfigs: webhooks.map(({ url, secret }) => ({
        url,
        sendResolved: true,
        ...(secret !== undefined && {
          httpConfig: { authorization: { type: "Bearer", credentials: secretKey(secret) } },
        }),
      })),
    }),
    ...(emails.length > 0 && {
      emailConfigs: emails.map(({ to }) => ({
        to,
        sendResolved: true,
        headers: [{ key: "Subject", value: TITLE }],
        ...(smtp && { smarthost: smtp.host, from: smtp.from }),
        ...(smtp?.username !== undefined && { authUsername: smtp.username }),
        ...(smtp?.secret !== undefined && { authPassword: secretKey(smtp.secret) }),
      })),
    }),
    ...(slacks.length > 0 && {
      slackConfigs: slacks.map(({ channel, secret }) => ({
        apiURL: secretKey(secret),
        channel,
        sendResolved: true,
        title: TITLE,
        text: TEXT,
      })),
    }),
  };
}
