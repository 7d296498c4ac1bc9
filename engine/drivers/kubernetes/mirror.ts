/**
 * What a program would have to declare for a live object to be as it is: only the fields it declares,
 * so that defaults and other people's additions are no drift.
 */
import type { KubernetesObject } from "../../../clients/kubernetes/objects.ts";
import type { Properties, Value } from "../driver.ts";
import { isList, isRecord } from "../property-rules.ts";
import { same } from "../property-table.ts";
import { sameQuantity } from "../../../model/values/quantity.ts";

/** Maps whose values are quantities, wherever they occur. */
const QUANTITY_MAPS = ["requests", "limits", "capacity", "hard"];
const QUANTITIES = ["sizeLimit", "divisor"];

export function mirrorObject(declared: Properties, live: KubernetesObject): Properties {
  const found = { ...(live as unknown as Properties), ...stringData(declared, live) };
  return mirror(declared, found, "") as Properties;
}

/** `stringData` is written only: the API server keeps it, encoded, in `data`. */
function stringData(declared: Properties, live: KubernetesObject): Properties {
  if (!isRecord(declared["stringData"])) return {};
  const data = (live["data"] ?? {}) as Record<string, string>;
  const texts = Object.entries(data).map(([key, encoded]) => {
    return [key, Buffer.from(encoded, "base64").toString("utf8")] as const;
  });
  return { stringData: Object.fromEntries(texts) };
}

function mirror(declared: Value, live: Value, key: string): Value {
  if (isRecord(declared) && isRecord(live)) return mirrorMap(declared, live, key);
  if (isList(declared) && isList(live)) return mirrorList(declared, live);
  const isQuantity = QUANTITIES.includes(key) && sameQuantity(declared, live);
  return isQuantity ? declared : live;
}

function mirrorMap(declared: Properties, live: Properties, key: string): Value {
  const quantities = QUANTITY_MAPS.includes(key);
  return Object.fromEntries(
    Object.entries(declared).flatMap(([name, value]) => {
      const found = live[name];
      if (found === undefined) return isEmpty(value) ? [[name, value]] : [];
      if (quantities && sameQuantity(value, found)) return [[name, value]];
      return [[name, mirror(value, found, name)]];
    }),
  );
}

/**
 * Named elements (containers, volumes, variables, ports) are found by their names: others may have
 * added some. Any other list is one value.
 */
function mirrorList(declared: readonly Value[], live: readonly Value[]): Value {
  if (declared.length > 0 && declared.every((each) => nameOf(each) !== undefined)) {
    return declared.flatMap((each) => {
      const found = live.find((other) => nameOf(other) === nameOf(each));
      return found === undefined ? [] : [mirror(each, found, "")];
    });
  }
  if (declared.length !== live.length) return live;
  return declared.map((each, index) => {
    const found = live[index];
    return found === undefined ? each : mirror(each, found, "");
  });
}

function nameOf(value: Value): string | undefined {
  const name = isRecord(value) ? value["name"] : undefined;
  return typeof name === "string" ? name : undefined;
}

/** Values the API server does not store: leaving them out means the same. */
function isEmpty(value: Value): boolean {
  if (isList(value)) return value.length === 0;
  if (isRecord(value)) return Object.values(value).every(isEmpty);
  return [false, 0, ""].some((empty) => same(empty, value));
}
