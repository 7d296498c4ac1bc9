import type * as pulumi from "@pulumi/pulumi";
import { TEST_DOMAINS, declaringOnly } from "../catalogue.ts";
import { optionsOf, record, type Recorded } from "./recorder.ts";

/** Outputs of the program. */
export type ProgramOutputs = Record<
  | "bootstrapServers"
  | "internalBootstrapServers"
  | "environment"
  | "tlsEnabled"
  | "caCertificate"
  | "metrics"
  | "ui"
  | "observability"
  | "accounts"
  | "operator"
  | "credentials",
  unknown
>;

/** What one account is handed. */
export interface AccountOutputs {
  readonly clientProperties: pulumi.Output<string>;
  readonly clientJson: pulumi.Output<string>;
  readonly consumerGroups: readonly string[];
}

let runs = 0;

export interface ProgramRun {
  readonly preview?: boolean;
  /** What it declares. @default the catalogue of tests */
  readonly domains?: Readonly<Record<string, unknown>>;
}

/** Runs the whole program under mocks. What it imports is loaded once; the program itself each time. */
export async function runProgram(
  config: Record<string, string>,
  { preview = false, domains = TEST_DOMAINS }: ProgramRun = {},
): Promise<[Recorded[], ProgramOutputs]> {
  let outputs: unknown;
  const run = async () => {
    runs += 1;
    outputs = await import(/* @vite-ignore */ `../../../index.ts?run=${runs}`);
  };
  const recorded = await declaringOnly(domains, () => record(run, config, { preview }));
  return [recorded, outputs as ProgramOutputs];
}

/** How many resources there are of each type. */
export const count = (recorded: readonly Recorded[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(recorded, ({ type }) => type)].map(([type, all]) => [type, all.length]),
  );

/** What each hook guards: by its name, `create` or `update` and the resource, in order. */
export const guarded = (recorded: readonly Recorded[]): Record<string, string[]> => {
  const all = recorded.flatMap((one) => {
    const { beforeCreate, beforeUpdate } = optionsOf(one).hooks;
    const { type, name } = one;
    return [
      ...beforeCreate.map((hook) => ({ hook, what: `create ${type} ${name}` })),
      ...beforeUpdate.map((hook) => ({ hook, what: `update ${type} ${name}` })),
    ];
  });
  const byHook = [...Map.groupBy(all, ({ hook }) => hook)];
  return Object.fromEntries(byHook.map(([hook, of]) => [hook, of.map(({ what }) => what).sort()]));
};

/** Everything that any resource was told and that was not marked secret, as one text. */
export const plainText = (recorded: readonly Recorded[]): string =>
  JSON.stringify(
    recorded.map(({ inputs, secrets }) =>
      Object.fromEntries(Object.entries(inputs).filter(([key]) => !secrets.includes(key))),
    ),
  );

/** The value of an output, for a test to look at. */
export const valueOf = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => {
    output.apply(resolve);
  });
