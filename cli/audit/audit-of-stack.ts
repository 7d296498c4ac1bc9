import type { Catalogue } from "../../model/catalogue/catalogue.ts";
import type { StackConfig } from "../../model/stack/stack-config.ts";
import { isoDay } from "../../model/values/iso-day.ts";
import type { AuditParts, AuditView, Seen } from "../../operations/audit/audit-view.ts";
import type { BrokerAddress } from "../../clients/kafka/observation/broker-links.ts";
import type { EngineName } from "../engines/engine-choice.ts";
import { type ClusterConnection, inCluster } from "../stack/admin-connection.ts";
import type { Stack } from "../stack/project.ts";
import { stackOutputs } from "../stack/stack-outputs.ts";
import { declaredFacts } from "./declared-facts.ts";
import { certificatesIn, stackParts } from "./stack-parts.ts";

const TLS_TIMEOUT_MS = 5_000;

interface Basis {
  readonly config: StackConfig;
  readonly catalogue: Catalogue;
  readonly today: Date;
}

/** Looks at a stack that is up, and at what it declares. */
export async function auditView(
  engine: EngineName,
  stack: Stack,
  { config, catalogue, today }: Basis,
): Promise<AuditView> {
  const { lookAtCluster } = await import("../../operations/audit/look.ts");
  const outputs = await stackOutputs(engine, stack, { showSecrets: false });
  return inCluster(engine, stack, async (cluster) => {
    const [live, certificates] = await Promise.all([
      lookAtCluster(cluster.admin, cluster.links),
      certificatesOf(cluster),
    ]);
    return {
      today: isoDay(today),
      declared: declaredFacts(catalogue, config),
      parts: { ...live, certificates, ...stackParts(stack, outputs, today) },
    };
  });
}

/** Those that clients are given to trust, and those that brokers show. A stack without TLS has none. */
async function certificatesOf({
  admin,
  outputs: { tlsEnabled, caCertificate },
}: ClusterConnection): Promise<Seen<AuditParts["certificates"]>> {
  if (!tlsEnabled) return { value: [], missing: [] };
  const { KafkaAdminError } = await import("../../clients/kafka/errors.ts");
  const trusted = certificatesIn("caCertificate", caCertificate ?? "");
  try {
    const { brokers } = await admin.checkCluster();
    const shown = await Promise.all(brokers.map((broker) => shownBy(broker)));
    const all = [trusted, ...shown];
    return {
      value: all.flatMap(({ value = [] }) => value),
      missing: all.flatMap(({ missing }) => missing),
    };
  } catch (error) {
    if (!(error instanceof KafkaAdminError)) throw error;
    return { value: trusted.value, missing: [...trusted.missing, error.message] };
  }
}

async function shownBy(broker: BrokerAddress): Promise<Seen<AuditParts["certificates"]>> {
  const [{ serverCertificate }, { certificateFacts }, { KafkaAdminError }] = await Promise.all([
    import("../../clients/kafka/observation/server-certificate.ts"),
    import("../../operations/audit/certificate-facts.ts"),
    import("../../clients/kafka/errors.ts"),
  ]);
  try {
    const certificate = await serverCertificate(broker, TLS_TIMEOUT_MS);
    return { value: [certificateFacts(`broker ${String(broker.id)}`, certificate)], missing: [] };
  } catch (error) {
    if (!(error instanceof KafkaAdminError)) throw error;
    return { value: undefined, missing: [error.message] };
  }
}
