import { signingKeyFaults } from "../credentials/certificate-authority.ts";

/**
 * A pull request is previewed by whoever may not see the stack's secrets, so the preview gives the
 * program a placeholder for each. Nothing looks at most of them; the private key of the certificate
 * authority is checked against its certificate before anything is signed, which no placeholder
 * survives. So a preview, which signs nothing, takes this one for the key, and an `up` never does.
 */
const START = "-----BEGIN PRIVATE KEY-----\nwithheld: ";

/** The placeholder. @param token tells one key from another, without saying anything of it */
export const withheldKey = (token: string): string =>
  `${START}${token}\n-----END PRIVATE KEY-----\n`;

/** What keeps a key from signing what `bundle` certifies. Never shows the key. */
export const caKeyFaults = (
  key: string,
  bundle: string | undefined,
  { preview }: { readonly preview: boolean },
): string[] => (preview && key.startsWith(START) ? [] : signingKeyFaults(key, bundle));
