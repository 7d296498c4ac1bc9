import { Undecidable } from "./fields.ts";
import type { Subject } from "./subject.ts";
import { CONFIG_MAP, DOCKER_BROKER } from "../model/stack/resource-types.ts";

/** Brokers' configuration as the program declares it. */
export interface BrokerProperties {
  /** What all brokers share. */
  readonly shared: Readonly<Record<string, string>>;
  /** What is a broker's own, by its file; none where there is one broker. */
  readonly own: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Where brokers' configuration is declared. */
export const BROKER_CONFIGURATION = [CONFIG_MAP, DOCKER_BROKER] as const;

const SHARED_FILE = "broker.properties";

/** The configuration of brokers in this resource; undefined for a ConfigMap that holds none. */
export function brokerProperties({ resource, fields }: Subject): BrokerProperties | undefined {
  if (resource.type === DOCKER_BROKER) return { shared: fields.map("properties"), own: {} };
  const data = fields.map("data");
  const text = data[SHARED_FILE];
  if (text === undefined) return undefined;
  const own = Object.entries(data).filter(([file]) => /^node-\d+\.properties$/.test(file));
  const read = (file: string, content: string) => parse(resource.urn, file, content);
  return {
    shared: read(SHARED_FILE, text),
    own: Object.fromEntries(own.map(([file, content]) => [file, read(file, content)])),
  };
}

/** Java properties, as far as the platform writes them: one `key=value` a line. */
function parse(urn: string, file: string, text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line !== "" && !/^\s*[#!]/.test(line));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf("=");
      if (at > 0 && !line.endsWith("\\")) return [line.slice(0, at), line.slice(at + 1)] as const;
      throw new Undecidable(urn, `data.${file} has a line that is not key=value`);
    }),
  );
}

/** `NAME` and `value` of a list such as `CLIENT:SASL_SSL,BROKER:SASL_SSL`. */
export const pairs = (list: string): (readonly [string, string])[] =>
  list.split(",").flatMap((pair) => {
    const [name = "", ...value] = pair.trim().split(":");
    return name === "" ? [] : [[name, value.join(":")] as const];
  });
