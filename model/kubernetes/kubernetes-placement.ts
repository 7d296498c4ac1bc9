import { z } from "zod";

/** On which nodes brokers may run, in Kubernetes' own words as far as they go. */

const LABEL = "the name of a label, such as node-pool or example.com/disk";
const VALUE = "the value of a label: at most 63 letters, digits, dots, hyphens and underscores";
const OPERATOR = "In, NotIn, Exists or DoesNotExist";
/** Label that clouds give to their nodes. */
export const ZONE = "topology.kubernetes.io/zone";
const EFFECT = "NoSchedule, PreferNoSchedule or NoExecute";

const labelName = z
  .string({ error: LABEL })
  .regex(/^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/, {
    error: LABEL,
  });
const labelValue = z
  .string({ error: VALUE })
  .regex(/^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/, { error: VALUE });

const expressionFields = {
  key: labelName,
  operator: z.enum(["In", "NotIn", "Exists", "DoesNotExist"], { error: OPERATOR }),
  values: z.array(labelValue, { error: "a list of values" }).optional(),
};

type Expression = Readonly<{ operator: string; values?: readonly string[] | undefined }>;

const comparesValues = ({ operator }: Expression) => operator === "In" || operator === "NotIn";

const VALUES_FIT = {
  path: ["values"],
  error: "one value or more with In and NotIn, and none with Exists and DoesNotExist",
};
const valuesFit = (expression: Expression) =>
  comparesValues(expression) === (expression.values?.length ?? 0) > 0;

const toleration = z
  .strictObject({
    key: labelName.optional().describe("Of the taint. Default: every taint."),
    operator: z.enum(["Equal", "Exists"], { error: "Equal or Exists" }).default("Equal"),
    value: labelValue.optional(),
    effect: z
      .enum(["NoSchedule", "PreferNoSchedule", "NoExecute"], { error: EFFECT })
      .optional()
      .describe("Default: every effect."),
    tolerationSeconds: z
      .int({ error: "a whole number of seconds" })
      .optional()
      .describe("How long a broker stays on a node with that taint. Default: for ever."),
  })
  .refine(({ key, operator }) => key !== undefined || operator === "Exists", {
    path: ["operator"],
    error: "Exists where there is no key",
  })
  .refine(({ operator, value }) => operator === "Equal" || value === undefined, {
    path: ["value"],
    error: "no value with Exists",
  })
  .refine(
    ({ effect, tolerationSeconds }) => tolerationSeconds === undefined || effect === "NoExecute",
    {
      path: ["tolerationSeconds"],
      error: "it with the effect NoExecute only",
    },
  );

export const placementFields = {
  nodeSelector: z
    .record(labelName, labelValue, { error: "labels of nodes, with their values" })
    .optional()
    .describe("Labels that a node must have. Default: every node will do."),
  nodeAffinity: z
    .strictObject({
      required: z
        .array(z.strictObject(expressionFields).refine(valuesFit, VALUES_FIT), {
          error: "a list of conditions",
        })
        .optional()
        .describe("Conditions that a node must fulfil, all of them."),
      preferred: z
        .array(
          z
            .strictObject({
              weight: z
                .int({ error: "a weight from 1 to 100" })
                .min(1, { error: "a weight from 1 to 100" })
                .max(100, { error: "a weight from 1 to 100" }),
              ...expressionFields,
            })
            .refine(valuesFit, VALUES_FIT),
          { error: "a list of conditions" },
        )
        .optional()
        .describe("Conditions that a node had better fulfil."),
    })
    .optional()
    .describe("Conditions on the labels of nodes, besides `nodeSelector`."),
  tolerations: z
    .array(toleration, { error: "a list of tolerations" })
    .optional()
    .describe("Taints of nodes that do not keep brokers away. Default: none."),
  topologySpread: z
    .enum(["required", "preferred"], { error: "required or preferred" })
    .optional()
    .describe(
      "Whether zones always have as many brokers as each other, give or take one, or only where that can be. Default: preferred.",
    ),
  topologyKey: labelName
    .optional()
    .describe(`Label of nodes that says which zone they are in. Default: ${ZONE}.`),
};

export type Placement = z.output<z.ZodObject<typeof placementFields>>;
export type NodeAffinity = NonNullable<Placement["nodeAffinity"]>;
