/**
 * Stands for the private key of the certificate authority in a preview by somebody who may not see it.
 * Looks like a key to whoever only passes it on; nothing can be signed with it.
 *
 * @param token tells one key from another, without saying anything of it
 */
export const withheldKey = (token: string): string =>
  `-----BEGIN PRIVATE KEY-----\nwithheld: ${token}\n-----END PRIVATE KEY-----\n`;

export const isWithheldKey = (text: string): boolean =>
  text.startsWith("-----BEGIN PRIVATE KEY-----\nwithheld: ");
