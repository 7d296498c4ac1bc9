import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { asText } from "../../cli/stack-file.ts";
import { testAuthority } from "./certificate-authority.ts";

/** The secret that the passwords of a tested stack are derived from. */
export const STACK_SECRET = "0123456789abcdef0123456789abcdef";

/** The committed stack file, as an engine hands it to the program. */
export function stackFile(stack: string): Record<string, string> {
  const { config } = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as {
    config: Record<string, unknown>;
  };
  const values = Object.entries(config).map(([key, value]) => [key, asText(value)] as const);
  return { ...Object.fromEntries(values), "kafka-platform:stackSecret": STACK_SECRET };
}

/** What `npm run init` and `npm run image --push` write into the cluster of a stack file. */
export const MADE_BY_COMMANDS = {
  clusterId: "4L6g3nShT-eMCtK--X86sw",
  directoryIds: ["AAAAAAAAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBBBBBBBA", "CCCCCCCCCCCCCCCCCCCCCA"],
  image: `registry.example/kafka-platform/broker@sha256:${"0123456789abcdef".repeat(4)}`,
};

/** The prod stack with everything that commands write, and `cluster` laid over its cluster. */
export async function prodStack(
  cluster: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, string>> {
  const file = stackFile("prod");
  const { certificate, key } = await testAuthority();
  return {
    ...file,
    "kafka-platform:caKey": key,
    "kafka-platform:cluster": JSON.stringify({
      ...(JSON.parse(file["kafka-platform:cluster"] ?? "") as object),
      ...MADE_BY_COMMANDS,
      caCertificate: certificate,
      ...cluster,
    }),
  };
}
