import type { LiveBroker } from "../audit-view.ts";
import { control } from "../control.ts";
import { type KnownFault, KNOWN_FAULTS, releaseOf } from "../known-faults.ts";

const DAY = 86_400_000;
const SOON_DAYS = 30;
const RSA_BITS = 2048;
const CURVE_BITS = 256;
/** In days: an authority, and what it signs. */
const LONGEST = { authority: 3660, certificate: 825 } as const;
const REPLACE = "Replace it: docs/runbooks/replace-authority.md.";

const daysBetween = (from: string, to: string): number =>
  Math.floor((Date.parse(to) - Date.parse(from)) / DAY);

/** What a broker runs. */
export const RELEASE_CONTROLS = [
  control(
    {
      id: "release-known-fault",
      title: "No broker is of a release with a known fault",
      severity: "high",
      fix: "Upgrade: docs/runbooks/upgrade-kafka.md.",
      source: "CVE list of Apache Kafka, in operations/audit/known-faults.ts",
    },
    ["releases", "brokers"],
    ({ releases, brokers }) =>
      releases.flatMap(({ broker, features }) => {
        const level = features.find(({ name }) => name === "metadata.version")?.supported;
        const release = level === undefined ? undefined : releaseOf(level);
        if (release === undefined) return [];
        const setUp = brokers.find(({ id }) => id === broker);
        return KNOWN_FAULTS.filter((fault) => fault.releases.includes(release))
          .filter((fault) => isHarmful(fault, setUp))
          .map(({ cve, what, fixedIn }) => ({
            subject: `broker ${String(broker)}, ${cve}`,
            seen: `release ${release} can have it (${what}); fixed in ${fixedIn}`,
          }));
      }),
  ),
  control(
    {
      id: "release-upgrade-unfinished",
      title: "The cluster uses what its brokers can do",
      severity: "low",
      fix: "Finish the upgrade: docs/runbooks/upgrade-kafka.md.",
      source: "KIP-584: features are in effect once the cluster agrees on them",
    },
    ["releases"],
    ({ releases }) =>
      releases.flatMap(({ broker, features }) =>
        features
          .filter(({ name }) => name === "metadata.version")
          .filter(({ supported, inEffect = 0 }) => inEffect < supported)
          .map(({ name, supported, inEffect }) => ({
            subject: `broker ${String(broker)}, ${name}`,
            seen: `in effect ${String(inEffect ?? "none")}, supported ${String(supported)}`,
          })),
      ),
  ),
] as const;

/** Any property that ends so counts: listeners have their own. */
const isHarmful = ({ onlyWith }: KnownFault, broker: LiveBroker | undefined): boolean =>
  onlyWith === undefined ||
  broker === undefined ||
  [...broker.settings].some(
    ([key, { value }]) => key.endsWith(onlyWith.key) && value?.includes(onlyWith.value) === true,
  );

/** What vouches for brokers. */
export const CERTIFICATE_CONTROLS = [
  control(
    {
      id: "certificate-ended",
      title: "No certificate has ended",
      severity: "critical",
      fix: REPLACE,
      source: "RFC 5280 section 4.1.2.5",
    },
    ["certificates"],
    ({ certificates }, { today }) =>
      certificates
        .filter(({ validTo }) => validTo < today)
        .map(({ place, subject, validTo }) => ({
          subject: `${place}: ${subject}`,
          seen: `ended on ${validTo}`,
        })),
  ),
  control(
    {
      id: "certificate-ends-soon",
      title: `No certificate ends within ${SOON_DAYS} days`,
      severity: "high",
      fix: REPLACE,
      source: "This project: a replacement takes three steps, each with a roll of the brokers",
    },
    ["certificates"],
    ({ certificates }, { today }) =>
      certificates
        .filter(({ validTo }) => validTo >= today && daysBetween(today, validTo) < SOON_DAYS)
        .map(({ place, subject, validTo }) => ({
          subject: `${place}: ${subject}`,
          seen: `ends on ${validTo}, in ${String(daysBetween(today, validTo))} days`,
        })),
  ),
  control(
    {
      id: "certificate-weak-key",
      title: `Keys are as strong as RSA of ${RSA_BITS} bits`,
      severity: "high",
      fix: REPLACE,
      source: "NIST SP 800-131A: RSA below 2,048 bits and curves below 224 are disallowed",
    },
    ["certificates"],
    ({ certificates }) =>
      certificates
        .filter(
          ({ keyType, keyBits = Infinity }) =>
            keyBits < (keyType.startsWith("rsa") ? RSA_BITS : CURVE_BITS),
        )
        .map(({ place, subject, keyType, keyBits }) => ({
          subject: `${place}: ${subject}`,
          seen: `${keyType} of ${String(keyBits)} bits`,
        })),
  ),
  control(
    {
      id: "certificate-weak-signature",
      title: "No certificate is signed over a hash that can be forged",
      severity: "high",
      fix: REPLACE,
      source: "RFC 6151 and RFC 9155: MD5 and SHA-1 are not for signatures",
    },
    ["certificates"],
    ({ certificates }) =>
      certificates
        .filter(({ signature }) => /md5|sha-?1(?!\d)/i.test(signature))
        .map(({ place, subject, signature }) => ({
          subject: `${place}: ${subject}`,
          seen: `signed with ${signature}`,
        })),
  ),
  control(
    {
      id: "certificate-too-long",
      title: "No certificate is good for longer than anybody looks after it",
      severity: "low",
      fix: REPLACE,
      source: "This project: ten years for an authority, 825 days for what it signs",
    },
    ["certificates"],
    ({ certificates }) =>
      certificates
        .filter(
          ({ validFrom, validTo, isAuthority }) =>
            daysBetween(validFrom, validTo) > LONGEST[isAuthority ? "authority" : "certificate"],
        )
        .map(({ place, subject, validFrom, validTo }) => ({
          subject: `${place}: ${subject}`,
          seen: `good from ${validFrom} to ${validTo}`,
        })),
  ),
] as const;

const SPEAKING = /pass(word|wd|phrase)|secret$|token$|private[._-]?key|api[._-]?key/i;
/** Settings that say what a secret is called, not what it is. */
const NAMES_A_SECRET = /\.(secret|imagePullSecret)$/;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
/** Of a JAAS line: a password that is not read from a file. */
const JAAS_PASSWORD = /\b(password|user_[^\s=]+)="(?!\$\{)[^"]+"/;
/** A path, or a reference that something resolves later, is no secret itself; neither is the word for one. */
const NO_SECRET = /^$|^(\/|\$\{)|^\[secret\]$/;

/** What anybody may read who may read the project's files or the stack's outputs. */
export const STACK_CONTROLS = [
  control(
    {
      id: "secret-in-the-open",
      title: "No password or key stands in the stack file or in a plain output",
      severity: "critical",
      fix: "Set it with `pulumi config set --secret`, and replace what it opens: it has been read.",
      source: "CWE-312: cleartext storage of sensitive information",
    },
    ["plainValues"],
    ({ plainValues }) =>
      plainValues
        .filter(
          ({ name, value }) =>
            PRIVATE_KEY.test(value) ||
            JAAS_PASSWORD.test(value) ||
            (SPEAKING.test(name) && !NAMES_A_SECRET.test(name) && !NO_SECRET.test(value)),
        )
        .map(({ place, name }) => ({ subject: `${place}: ${name}`, seen: "readable as it is" })),
  ),
  control(
    {
      id: "protection-off",
      title: "In prod, topics and volumes refuse to be deleted",
      severity: "medium",
      fix: "Set `protection: true` in the stack file.",
      source: "docs/guards.md",
    },
    [],
    (_parts, { declared: { environment, protection } }) =>
      environment === "prod" && !protection
        ? [{ subject: "protection", seen: "is off in prod" }]
        : [],
  ),
] as const;
