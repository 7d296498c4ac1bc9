/** Replacing the certificate authority of a stack on Kubernetes, in the steps that accounts have. */
import { z } from "zod";
import { AUTHORITY, certificatesOf } from "../../model/credentials/certificate-authority.ts";
import type { RotationStep } from "../../model/credentials/rotation.ts";
import { UserError } from "../../model/values/user-error.ts";
import { mergedStackFile } from "../stack/effective-config.ts";
import { encryptedSecrets } from "../stack/initialisation.ts";
import { findPassphrase } from "../stack/passphrase-source.ts";
import { PROJECT, type Stack } from "../stack/project.ts";
import { editStackFile, readStackFile } from "../stack/stack-file.ts";
import { isoDay } from "../../model/values/iso-day.ts";

const CLUSTER = `${PROJECT}:cluster`;
const CA_KEY = `${PROJECT}:caKey`;
const NEXT_CA_KEY = `${PROJECT}:nextCaKey`;

const withBundle = z.looseObject({ caCertificate: z.string() });

/** What a step is decided from. */
export interface AuthorityFacts {
  /** Certificates that the stack file trusts, the one that signs first. */
  readonly configured: readonly string[];
  /** What the stack's last run applied. */
  readonly applied: readonly string[];
  /** Whether the key of a next authority is kept. */
  readonly nextKey: boolean;
  /** The step asked for. Default: whichever is next. */
  readonly step: RotationStep | undefined;
  /** The command that applies the configuration. */
  readonly apply: string;
}

/**
 * The one step that may follow: a second authority is trusted, then it signs, then the first one goes.
 * Pure.
 *
 * @throws UserError for a step out of turn, and for a bundle that no step has made
 */
export function authorityStep(facts: AuthorityFacts): RotationStep {
  const { configured, applied, nextKey, step, apply } = facts;
  if (configured.join() !== applied.join()) {
    throw new UserError(
      "The stack trusts other certificates than cluster.caCertificate says: " +
        `a step counts once it is applied. Run \`${apply}\` first.`,
    );
  }
  if (configured.length > 2) {
    throw new UserError(
      "cluster.caCertificate has more than two certificates: take those out that sign nothing.",
    );
  }
  const next = nextAuthorityStep(configured, nextKey);
  if (step !== undefined && step !== next) {
    throw new UserError(`--step ${step}: the next step of the authority is ${next}.`);
  }
  return next;
}

/** The step that follows where so many certificates are trusted. */
export function nextAuthorityStep(trusted: readonly string[], nextKey: boolean): RotationStep {
  if (trusted.length < 2) return "set";
  return nextKey ? "hand-out" : "retire";
}

/** The facts of a stack; undefined when it has no authority. @param outputs what its last run said of it */
export function authorityFacts(
  stack: Stack,
  outputs: unknown,
): Pick<AuthorityFacts, "configured" | "applied" | "nextKey"> | undefined {
  const { config } = mergedStackFile(stack);
  const configured = withBundle.safeParse(config[CLUSTER]);
  const applied = withBundle.safeParse(outputs);
  if (!configured.success || !applied.success) return undefined;
  return {
    configured: certificatesOf(configured.data.caCertificate),
    applied: certificatesOf(applied.data.caCertificate),
    nextKey: NEXT_CA_KEY in config,
  };
}

/** Writes a step into the stack file, certificate and key in one go. */
export async function writeAuthorityStep(
  stack: Stack,
  step: RotationStep,
  [first = "", second = ""]: readonly string[],
): Promise<void> {
  const trusting = (...certificates: readonly string[]) => ({
    [CLUSTER]: { caCertificate: certificates.map((one) => `${one.trim()}\n`).join("") },
  });
  switch (step) {
    case "set": {
      const { createCertificateAuthority } = await import("./certificate-authority.ts");
      const now = new Date();
      const name = `${PROJECT} ${stack.name} ${isoDay(now)}`;
      const { certificate, key } = await createCertificateAuthority(name, now);
      const passphrase = findPassphrase({ create: false });
      const secret = await encryptedSecrets(stack, passphrase, { [NEXT_CA_KEY]: key });
      editStackFile(stack.file, { ...secret, fields: trusting(first, certificate) });
      return;
    }
    case "hand-out": {
      const { [NEXT_CA_KEY]: key } = readStackFile(stack.file).config;
      const config = { [CA_KEY]: key, [NEXT_CA_KEY]: undefined };
      editStackFile(stack.file, { config, fields: trusting(second, first) });
      return;
    }
    case "retire":
      editStackFile(stack.file, { fields: trusting(first) });
  }
}

/** What to do after a step, one sentence a line. */
export function adviceAfterAuthority(
  step: RotationStep,
  { apply, flags }: { readonly apply: string; readonly flags: string },
): string[] {
  const again = `\`npm run rotate -- ${AUTHORITY}${flags}\``;
  switch (step) {
    case "set":
      return [
        `Next: \`${apply}\`, which restarts the brokers one by one: they trust both authorities.`,
        `Then give every client both: \`npm run client -- ACCOUNT${flags}\`.`,
        `Then: ${again} lets the new one sign. Clients that trust the old one alone are refused from then on.`,
      ];
    case "hand-out":
      return [
        `Next: \`${apply}\`, which restarts the brokers one by one with certificates of the new one.`,
        `Then: ${again} takes the old one out.`,
      ];
    case "retire":
      return [`Next: \`${apply}\`. From then on the old authority counts for nothing.`];
  }
}
