import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { alertmanagerConfig } from "../../../model/alerting/alertmanager-config.ts";
import { INHIBITIONS } from "../../../model/alerting/inhibitions.ts";
import {
  type Receivers,
  receiverSecretNames,
  receiversSchema,
} from "../../../model/alerting/receivers.ts";
import { describeFaults } from "../../../model/values/faults.ts";
import { INPUT } from "./alerting-input.ts";
import { hasTool, titled, withFiles } from "./promtool.ts";
import { alertsOf } from "./rule-tests.ts";

const WRITTEN = {
  default: { critical: [{ email: { to: "kafka@example.org, night@example.org" } }] },
  owners: {
    finance: {
      critical: [
        { slack: { channel: "#finance", secret: "slack-finance" } },
        { webhook: { url: "https://pager.example.org/finance", secret: "pager" } },
      ],
      warning: [{ slack: { channel: "#finance", secret: "slack-finance" } }],
    },
    // Who is called, but gets no tickets of its own.
    "security team": { critical: [{ webhook: { url: "http://hook.example.org" } }] },
  },
  watchdog: [{ webhook: { url: "https://dead-mans-switch.example.org" } }],
  smtp: {
    host: "smtp.example.org:587",
    from: "alerts@example.org",
    username: "alerts",
    secret: "smtp-password",
  },
};
const RECEIVERS = receiversSchema.parse(WRITTEN);

const faults = (given: unknown): string[] => {
  const { error } = receiversSchema.safeParse(given);
  return error ? describeFaults(error, given) : [];
};

describe("receivers", () => {
  test("name the secrets that they need, each once", () => {
    expect(receiverSecretNames(RECEIVERS)).toEqual(["pager", "slack-finance", "smtp-password"]);
  });

  test("are refused where they would tell nobody", () => {
    const withoutServer = { ...WRITTEN, smtp: undefined };
    expect(faults(withoutServer)).toEqual([
      "smtp: missing; wanted an object with host and from, because e-mail is sent",
    ]);
    expect(faults({ ...WRITTEN, default: {} })).toEqual([
      "default.critical: missing; wanted a list of ways to tell somebody",
    ]);
    expect(faults({ default: { critical: [] } })).toEqual([
      "default.critical: given []; wanted at least one way to tell somebody",
    ]);
  });

  test("are refused with a password of nobody, and with addresses that are none", () => {
    const anonymous = { ...WRITTEN.smtp, username: undefined };
    expect(faults({ ...WRITTEN, smtp: anonymous })).toEqual([
      expect.stringContaining("wanted username and secret, or neither of them"),
    ]);
    expect(faults({ default: { critical: [{ webhook: { url: "ftp://a" } }] } })).toEqual([
      expect.stringContaining("an address that begins with https:// or http://"),
    ]);
  });
});

/** Seconds from one message of the watchdog to the next: Alertmanager looks each interval whether the last is old enough. */
const heardEach = ({ interval, repeat }: { interval: number; repeat: number }): number =>
  // A look comes a moment early or late: at the same time is not old enough.
  interval * (Math.floor(repeat / interval) + 1);

test("the watchdog is heard each minute, and not each second one", () => {
  const { route } = parse(alertmanagerConfig(RECEIVERS, "/etc/secrets")) as {
    route: { routes: { receiver: string; group_interval: string; repeat_interval: string }[] };
  };
  const watchdog = route.routes.find(({ receiver }) => receiver === "watchdog");
  const [interval, repeat] = [watchdog?.group_interval, watchdog?.repeat_interval].map(
    (text = "") => Number(/^(\d+)s$/.exec(text)?.[1]),
  );
  expect(heardEach({ interval: interval ?? NaN, repeat: repeat ?? NaN })).toBe(60);
  expect(heardEach({ interval: 60, repeat: 60 })).toBe(120);
});

test("the example of docs/alerts.md is one that is accepted", () => {
  const text = readFileSync(path.resolve(import.meta.dirname, "../../../docs/alerts.md"), "utf8");
  const [, example = ""] = /```ya?ml\n([\s\S]*?)```/.exec(text) ?? [];
  const { config, ...direct } = parse(example) as Record<string, Record<string, unknown>>;
  const given = { ...direct, ...config }["kafka-platform:observability"];
  expect(given).toHaveProperty("receivers");
  expect(faults((given as { receivers: unknown }).receivers)).toEqual([]);
});

test("the configuration holds the paths of secrets, and no more of them", () => {
  const text = alertmanagerConfig(RECEIVERS, "/etc/secrets");
  for (const name of receiverSecretNames(RECEIVERS)) expect(text).toContain(`/etc/secrets/${name}`);
  expect(text.match(/_file: (?!\/etc\/secrets\/)/g)).toBeNull();
});

test("every alert that an inhibition names exists", () => {
  const names = new Set(alertsOf(INPUT).map(({ alert }) => alert));
  const named = INHIBITIONS.flatMap((one) => [...one.source, ...one.target])
    .filter(({ name }) => name === "alertname")
    .flatMap(({ value }) => value.split("|"));
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !names.has(name))).toEqual([]);
});

describe.skipIf(!hasTool("amtool"))(titled("Alertmanager", "amtool"), () => {
  const check = (receivers: Receivers | undefined) =>
    withFiles(
      "amtool",
      { "config.yml": alertmanagerConfig(receivers, "/etc/secrets") },
      ...["check-config", "config.yml"],
    );

  test("takes the configuration, with receivers and without", async () => {
    for (const receivers of [RECEIVERS, undefined]) {
      const { ok, output } = await check(receivers);
      expect(ok, output).toBe(true);
    }
  });

  test("refuses one that is wrong", async () => {
    const broken = alertmanagerConfig(RECEIVERS, "/etc/secrets").replace(
      "receiver: nobody",
      "receiver: x",
    );
    const { ok } = await withFiles(
      "amtool",
      { "config.yml": broken },
      "check-config",
      "config.yml",
    );
    expect(ok).toBe(false);
  });

  test.each([
    [
      "critical of an owner goes to the owner",
      "owner=finance severity=critical",
      "owner/finance/critical",
    ],
    [
      "a warning of an owner goes to the owner",
      "owner=finance severity=warning",
      "owner/finance/warning",
    ],
    [
      "an owner without a way for warnings gets them as everybody does",
      "owner=security\\ team severity=warning",
      "everybody/warning",
    ],
    [
      "critical of the platform goes to everybody",
      "owner=platform severity=critical",
      "everybody/critical",
    ],
    ["an owner without receivers is everybody", "owner=shop severity=warning", "everybody/warning"],
    ["information is sent to nobody", "owner=finance severity=info", "nobody"],
    ["the watchdog has a receiver of its own", "alertname=Watchdog severity=info", "watchdog"],
  ])("%s", async (_, labels, receiver) => {
    const { output } = await withFiles(
      "amtool",
      { "config.yml": alertmanagerConfig(RECEIVERS, "/etc/secrets") },
      ...["config", "routes", "test", "--config.file=config.yml"],
      ...labels.split(/(?<!\\) /).map((one) => one.replace("\\ ", " ")),
    );
    expect(output.split("\n")[0]).toBe(receiver);
  });
});
