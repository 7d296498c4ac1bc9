import type { LiveBroker } from "./audit-view.ts";

/** An address that a broker serves, and how it is spoken to. */
export interface LiveListener {
  readonly name: string;
  /** Undefined where it is not advertised: nobody is sent there. */
  readonly advertisedHost: string | undefined;
  readonly boundHost: string;
  readonly protocol: "PLAINTEXT" | "SSL" | "SASL_PLAINTEXT" | "SASL_SSL";
  readonly isController: boolean;
}

const entries = (text: string | null | undefined): string[] =>
  (text ?? "").split(",").filter((entry) => entry !== "");

const PLACE = /^(?<name>\w+):\/\/(?<host>.*):\d+$/;

const places = (text: string | null | undefined): Map<string, string> =>
  new Map(
    entries(text).flatMap((entry) => {
      const { name, host } = PLACE.exec(entry)?.groups ?? {};
      return name === undefined ? [] : [[name, host ?? ""] as const];
    }),
  );

/** The listeners of a broker, as its properties say. */
export function listenersOf({ settings }: LiveBroker): LiveListener[] {
  const value = (key: string) => settings.get(key)?.value;
  const protocols = new Map(
    entries(value("listener.security.protocol.map")).map((entry) => {
      const [name = "", protocol = ""] = entry.split(":");
      return [name, protocol] as const;
    }),
  );
  const controllers = entries(value("controller.listener.names"));
  const bound = places(value("listeners"));
  const advertised = places(value("advertised.listeners") ?? value("listeners"));
  return [...bound].map(([name, boundHost]) => ({
    name,
    boundHost,
    advertisedHost: advertised.get(name),
    protocol: (protocols.get(name) ?? name) as LiveListener["protocol"],
    isController: controllers.includes(name),
  }));
}

/** A property of one listener, which wins over that of all. */
export const ofListener = (
  { settings }: LiveBroker,
  listener: string,
  key: string,
): string | undefined =>
  settings.get(`listener.name.${listener.toLowerCase()}.${key}`)?.value ??
  settings.get(key)?.value ??
  undefined;

/** Loopback, and names without a dot: of containers and of services in their own network. */
export const isInside = (host: string): boolean =>
  host === "localhost" ||
  host === "::1" ||
  host.startsWith("127.") ||
  /^[a-z][a-z0-9-]*$/.test(host);

export const isEncrypted = ({ protocol }: LiveListener): boolean => protocol.endsWith("SSL");

export const asksForLogin = ({ protocol }: LiveListener): boolean => protocol.startsWith("SASL_");
