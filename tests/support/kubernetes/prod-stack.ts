import { createCertificateAuthority } from "../../../cli/credentials/certificate-authority.ts";
import { stackFile } from "../pulumi/stack-file.ts";

/** What `npm run init` and `npm run image --push` write into the cluster of a stack file. */
export const MADE_BY_COMMANDS = {
  clusterId: "4L6g3nShT-eMCtK--X86sw",
  directoryIds: ["AAAAAAAAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBBBBBBBA", "CCCCCCCCCCCCCCCCCCCCCA"],
  image: `registry.example/kafka-platform/broker@sha256:${"ab".repeat(32)}`,
};

/** What `npm run image --push` writes besides. */
const EXPORTER_IMAGE = `registry.example/kafka-platform/exporter@sha256:${"cd".repeat(32)}`;

/** The prod stack with everything that commands write, and `cluster` laid over its cluster. */
export async function prodStack(
  cluster: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, string>> {
  const file = stackFile("prod");
  const { certificate, key } = await createCertificateAuthority("test", new Date());
  return {
    ...file,
    "kafka-platform:caKey": key,
    "kafka-platform:cluster": JSON.stringify({
      ...(JSON.parse(file["kafka-platform:cluster"] ?? "") as object),
      ...MADE_BY_COMMANDS,
      caCertificate: certificate,
      ...cluster,
    }),
    "kafka-platform:observability": JSON.stringify({
      ...(JSON.parse(file["kafka-platform:observability"] ?? "") as object),
      exporter: { image: EXPORTER_IMAGE },
    }),
  };
}
