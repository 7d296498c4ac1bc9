/** `tls.LocallySignedCert`: a certificate for a request, signed with the key of a CA that is at hand. */
import type { Diff, Properties, ResourceDriver, ResourceState } from "../driver.ts";
import { defaulted, flag, integer, listOf, oneOf, optional, required } from "../property-rules.ts";
import { checkTable, diffTable, known, planned, replaces, updates } from "../property-table.ts";
import { ALLOWED_USES } from "./key-usages.ts";
import { CERTIFICATE, CERTIFICATE_REQUEST, PRIVATE_KEY } from "./pem-rules.ts";
import { sign } from "./sign.ts";

const HOUR = 3_600_000;

const table = {
  certRequestPem: replaces(required(CERTIFICATE_REQUEST)),
  caCertPem: replaces(required(CERTIFICATE)),
  caPrivateKeyPem: replaces(required(PRIVATE_KEY)),
  validityPeriodHours: replaces(required(integer(0))),
  allowedUses: replaces(required(listOf(oneOf(...ALLOWED_USES)))),
  isCaCertificate: replaces(defaulted(flag, false)),
  maxPathLength: replaces(optional(integer(-1))),
  setSubjectKeyId: replaces(defaulted(flag, false)),
  /** How long before its end a certificate is replaced by the next run. */
  earlyRenewalHours: updates(defaulted(integer(0), 0)),
};

const COMPUTED = [
  "certPem",
  "caKeyAlgorithm",
  "readyForRenewal",
  "validityStartTime",
  "validityEndTime",
];

/** `now` in milliseconds since the epoch: a test can be in the future. */
export function locallySignedCertDriver(now = Date.now): ResourceDriver<undefined> {
  return {
    type: "tls:index/locallySignedCert:LocallySignedCert",
    secretOutputs: ["caPrivateKeyPem"],

    check: (inputs) => checkTable(table, inputs),

    diff(old, inputs): Diff {
      const diff = diffTable(table, old.inputs, inputs);
      if (!isReadyForRenewal(old, inputs, now())) return diff;
      const renewal = "readyForRenewal";
      return { changed: [...diff.changed, renewal], replace: [...diff.replace, renewal] };
    },

    plan: (inputs, old) => planned(inputs, old, COMPUTED),

    async create(_client, inputs) {
      const args = known<typeof table>(inputs);
      const start = new Date(Math.floor(now() / 1000) * 1000);
      const end = new Date(start.getTime() + args.validityPeriodHours * HOUR);
      const { certPem, serialNumber, caKeyAlgorithm } = await sign(args, start, end);
      return {
        id: serialNumber,
        outputs: {
          ...inputs,
          certPem,
          caKeyAlgorithm,
          readyForRenewal: false,
          validityStartTime: rfc3339(start),
          validityEndTime: rfc3339(end),
        },
      };
    },

    read(_client, old) {
      const readyForRenewal = isReadyForRenewal(old, old.inputs, now());
      return Promise.resolve({ ...old, outputs: { ...old.outputs, readyForRenewal } });
    },

    update: (_client, old, inputs) => Promise.resolve({ ...old.outputs, ...inputs }),
    delete: () => Promise.resolve(),
  };
}

function rfc3339(time: Date): string {
  return time.toISOString().replace(".000Z", "Z");
}

function isReadyForRenewal({ outputs }: ResourceState, inputs: Properties, now: number): boolean {
  const { validityEndTime } = outputs;
  const { earlyRenewalHours } = inputs;
  if (typeof validityEndTime !== "string" || typeof earlyRenewalHours !== "number") return false;
  return now >= Date.parse(validityEndTime) - earlyRenewalHours * HOUR;
}
