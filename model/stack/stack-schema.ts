import { z } from "zod";
import { SECRET_KEYS, stackConfigSchema } from "./stack-config.ts";

const PROJECT = "kafka-platform";

const secret = {
  type: "object",
  properties: { secure: { type: "string" } },
  required: ["secure"],
  additionalProperties: false,
};

/** The JSON Schema of `Pulumi.<stack>.yaml`, so that an editor completes and checks the file. */
export function stackFileSchema(): object {
  const { properties = {}, required = [] } = z.toJSONSchema(stackConfigSchema, { io: "input" });
  const keys = {
    ...properties,
    ...Object.fromEntries(
      Object.entries(SECRET_KEYS).map(([key, description]) => [key, { description, ...secret }]),
    ),
  };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Stack file of kafka-platform",
    type: "object",
    properties: {
      encryptionsalt: { type: "string" },
      secretsprovider: { type: "string" },
      encryptedkey: { type: "string" },
      config: {
        type: "object",
        properties: {
          "pulumi:disable-default-providers": { type: "array", items: { type: "string" } },
          ...Object.fromEntries(
            Object.entries(keys).map(([key, schema]) => [`${PROJECT}:${key}`, schema]),
          ),
        },
        required: required.map((key) => `${PROJECT}:${key}`),
        patternProperties: { [`^(?!${PROJECT}:)`]: {} },
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  };
}
