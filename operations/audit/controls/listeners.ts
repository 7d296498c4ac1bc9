import type { LiveBroker } from "../audit-view.ts";
import { control, type Evidence } from "../control.ts";
import {
  asksForLogin,
  isEncrypted,
  isInside,
  type LiveListener,
  listenersOf,
  ofListener,
} from "../listeners.ts";

const KAFKA_SECURITY = "Apache Kafka documentation, Security";
const OLD_TLS = ["TLSv1", "TLSv1.1", "SSLv3"];

const each = (
  brokers: readonly LiveBroker[],
  judged: (listener: LiveListener, broker: LiveBroker) => string | undefined,
): Evidence[] =>
  brokers.flatMap((broker) =>
    listenersOf(broker).flatMap((listener) => {
      const seen = judged(listener, broker);
      const subject = `listener ${listener.name} of broker ${String(broker.id)}`;
      return seen === undefined ? [] : [{ subject, seen }];
    }),
  );

const isReached = ({ advertisedHost }: LiveListener): boolean =>
  advertisedHost !== undefined && !isInside(advertisedHost);

const isBoundInside = ({ boundHost }: LiveListener): boolean =>
  boundHost !== "" && boundHost !== "0.0.0.0" && isInside(boundHost);

/** How brokers are spoken to. */
export const LISTENER_CONTROLS = [
  control(
    {
      id: "listener-no-login",
      title: "Every listener of clients asks who is there",
      severity: "critical",
      fix: "Take the listener away, or give it SASL_SSL.",
      source: KAFKA_SECURITY,
    },
    ["brokers"],
    ({ brokers }) =>
      each(brokers, (listener, broker) => {
        if (listener.isController || asksForLogin(listener)) return undefined;
        const asksForCertificate =
          ofListener(broker, listener.name, "ssl.client.auth") === "required";
        if (listener.protocol === "SSL" && asksForCertificate) return undefined;
        return `${listener.protocol}: whoever connects is User:ANONYMOUS`;
      }),
  ),
  control(
    {
      id: "listener-plain-text",
      title: "What is reached from outside is encrypted",
      severity: "high",
      fix: "Give the listener SASL_SSL; on Kubernetes the stack does.",
      source: "CVE-2024-56128 and RFC 5802 section 9: SCRAM belongs inside TLS",
    },
    ["brokers"],
    ({ brokers }) =>
      each(brokers, (listener) =>
        isReached(listener) && !isEncrypted(listener)
          ? `${listener.protocol}, advertised as ${listener.advertisedHost ?? ""}`
          : undefined,
      ),
  ),
  control(
    {
      id: "listener-controller",
      title: "Controllers ask who is there",
      severity: "critical",
      fix: "Give the controllers' listener SASL, or TLS with certificates of clients.",
      source: "KIP-631: whoever reaches a controller without a login may register as a broker",
    },
    ["brokers"],
    ({ brokers }) =>
      each(brokers, (listener, broker) => {
        if (!listener.isController || asksForLogin(listener)) return undefined;
        const certificate = ofListener(broker, listener.name, "ssl.client.auth");
        if (listener.protocol === "SSL" && certificate === "required") return undefined;
        return `${listener.protocol}, and no certificate is asked for`;
      }),
  ),
  control(
    {
      id: "listener-between-brokers",
      title: "Brokers speak to each other encrypted where there are several",
      severity: "high",
      fix: "Give the listener between brokers SASL_SSL; on Kubernetes the stack does.",
      source: KAFKA_SECURITY,
    },
    ["brokers"],
    ({ brokers }) =>
      each(brokers, (listener, { settings }) => {
        const name = settings.get("inter.broker.listener.name")?.value;
        const isAmongBrokers = name === listener.name || listener.isController;
        const several = brokers.length > 1 && !isBoundInside(listener);
        return isAmongBrokers && several && !isEncrypted(listener)
          ? `${listener.protocol} between ${String(brokers.length)} brokers`
          : undefined;
      }),
  ),
  control(
    {
      id: "listener-plain-mechanism",
      title: "No client sends its password as it is",
      severity: "high",
      fix: "Take PLAIN out of sasl.enabled.mechanisms of the listener.",
      source: "RFC 4616 section 5: PLAIN hands the password to the server",
    },
    ["brokers"],
    ({ brokers }) =>
      each(brokers, (listener, broker) => {
        if (listener.isController || !asksForLogin(listener)) return undefined;
        const mechanisms = ofListener(broker, listener.name, "sasl.enabled.mechanisms") ?? "";
        return mechanisms.split(",").includes("PLAIN") ? `takes ${mechanisms}` : undefined;
      }),
  ),
  control(
    {
      id: "listener-old-tls",
      title: "No listener takes a version of TLS that is withdrawn",
      severity: "high",
      fix: "Set ssl.enabled.protocols to TLSv1.2,TLSv1.3.",
      source: "RFC 8996: TLS 1.0 and 1.1 are not to be used",
    },
    ["brokers"],
    ({ brokers }) =>
      each(brokers, (listener, broker) => {
        const versions = ofListener(broker, listener.name, "ssl.enabled.protocols") ?? "";
        const old = versions.split(",").filter((version) => OLD_TLS.includes(version));
        return isEncrypted(listener) && old.length > 0 ? `takes ${old.join(", ")}` : undefined;
      }),
  ),
  control(
    {
      id: "listener-session-lifetime",
      title: "Clients log in again from time to time",
      severity: "medium",
      fix: "Set connections.max.reauth.ms; the stack does, to a quarter of an hour.",
      source: "KIP-368: without it a retired password is good for as long as a connection lasts",
    },
    ["brokers"],
    ({ brokers }) =>
      each(brokers, (listener, broker) => {
        if (listener.isController || !asksForLogin(listener)) return undefined;
        const mechanisms = ofListener(broker, listener.name, "sasl.enabled.mechanisms") ?? "";
        const endless = mechanisms
          .split(",")
          .filter((mechanism) => lifetime(broker, listener.name, mechanism) === 0);
        return endless.length > 0 ? `${endless.join(", ")}: one login counts for ever` : undefined;
      }),
  ),
] as const;

/** Brokers among themselves stay logged in: theirs is a listener of its own where it has been set. */
function lifetime(broker: LiveBroker, listener: string, mechanism: string): number {
  const key = "connections.max.reauth.ms";
  const own = ofListener(broker, listener, `${mechanism.toLowerCase()}.${key}`);
  return Number(own ?? ofListener(broker, listener, key) ?? "0");
}
