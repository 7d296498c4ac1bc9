import { z } from "zod";
import { accountName } from "../values/values.ts";

/** Who is told of alerts, and how: `observability.receivers` of a stack file. */

const some = (what: string) => z.string({ error: what }).min(1, { error: what });
const webAddress = z.url({
  protocol: /^https?$/,
  error: "an address that begins with https:// or http://",
});
const HOST_PORT = "host:port, such as smtp.example.org:587";
const hostPort = z
  .string({ error: HOST_PORT })
  .regex(/^[a-zA-Z0-9.-]+:\d{1,5}$/, { error: HOST_PORT });
const MAIL = "addresses such as team@example.org, with commas between";
const mailAddresses = z
  .string({ error: MAIL })
  .regex(/^[^\s@,]+@[^\s@,]+(, ?[^\s@,]+@[^\s@,]+)*$/, { error: MAIL });

/** Values are in the secret `receiverSecrets` of the stack, by these names; containers have a file of each. */
const secretName = accountName.describe("Name of a value in the secret `receiverSecrets`.");

const webhook = z.strictObject({
  // Alertmanager 0.25 reads no address from a file: one that is itself a password has to go behind a proxy.
  url: webAddress.describe("Where alerts are posted. Not a secret: the token is."),
  secret: secretName.optional().describe("Secret with the bearer token. Default: none is sent."),
});

const email = z.strictObject({ to: mailAddresses });

const slack = z.strictObject({
  channel: some("a channel such as #kafka"),
  secret: secretName.describe("Secret with the address of the incoming webhook."),
});

const delivery = z.union(
  [z.strictObject({ webhook }), z.strictObject({ email }), z.strictObject({ slack })],
  { error: "an object with one of webhook, email, slack" },
);
const deliveries = z
  .array(delivery, { error: "a list of ways to tell somebody" })
  .min(1, { error: "at least one way to tell somebody" });

const audience = z.strictObject({
  critical: deliveries.optional().describe("How somebody is called. Default: as everybody else."),
  warning: deliveries.optional().describe("Where tickets go. Default: as everybody else's."),
});

export const receiversSchema = z
  .strictObject({
    default: z
      .strictObject({
        critical: deliveries,
        warning: deliveries.optional().describe("Default: as critical."),
      })
      .describe("For whatever no owner below takes."),
    owners: z
      .record(some("the name of an owner"), audience, { error: "ways to tell, by owner" })
      .default({}),
    watchdog: deliveries
      .optional()
      .describe(
        "Gets a message every minute while alerting works: a dead man's switch. Default: none.",
      ),
    smtp: z
      .strictObject({
        host: hostPort,
        from: mailAddresses,
        username: some("a user name").optional(),
        secret: secretName.optional().describe("Secret with the password of `username`."),
      })
      .optional()
      .describe("Server that e-mail goes through."),
  })
  .superRefine((given, context) => {
    const { smtp } = given;
    const refuse = (path: string[], message: string) => {
      context.addIssue({ code: "custom", path, message });
    };
    if (smtp === undefined && allDeliveries(given).some((one) => "email" in one)) {
      refuse(["smtp"], "an object with host and from, because e-mail is sent");
    }
    if ((smtp?.username === undefined) !== (smtp?.secret === undefined)) {
      refuse(["smtp"], "username and secret, or neither of them");
    }
  })
  .describe("Who is told of alerts.");

export type Receivers = z.output<typeof receiversSchema>;
export type Delivery = z.output<typeof delivery>;

/** The ways to tell somebody, apart. */
export const byKind = (deliveries: readonly Delivery[]) => ({
  webhooks: deliveries.flatMap((one) => ("webhook" in one ? [one.webhook] : [])),
  emails: deliveries.flatMap((one) => ("email" in one ? [one.email] : [])),
  slacks: deliveries.flatMap((one) => ("slack" in one ? [one.slack] : [])),
});

/** Names of the secrets that the receivers use, each once, in order. */
export const receiverSecretNames = (receivers: Receivers): string[] => [
  ...new Set(
    [
      receivers.smtp?.secret,
      ...allDeliveries(receivers).map((one) =>
        "webhook" in one ? one.webhook.secret : "slack" in one ? one.slack.secret : undefined,
      ),
    ]
      .filter((name) => name !== undefined)
      .sort(),
  ),
];

type Lists = Pick<Receivers, "default" | "owners" | "watchdog">;

const allDeliveries = ({ default: rest, owners, watchdog = [] }: Lists): Delivery[] => [
  ...[rest, ...Object.values(owners)].flatMap(({ critical = [], warning = [] }) => [
    ...critical,
    ...warning,
  ]),
  ...watchdog,
];
