import structs from "google-protobuf/google/protobuf/struct_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { fromClear, toClear } from "./encoding.ts";
import type { PropertyMap } from "./property-values.ts";

/** Reads what the SDK sent. Throws {@link UserError} for values the engine does not support. */
export function fromWire(struct: Struct | undefined): PropertyMap {
  return struct === undefined ? {} : fromClear(struct.toJavaScript());
}

export function toWire(properties: PropertyMap): Struct {
  return structs.Struct.fromJavaScript(toClear(properties));
}
