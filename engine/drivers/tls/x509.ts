/** The X.509 library, loaded when the first certificate is made. */
import type * as x509 from "@peculiar/x509";

export type X509 = typeof x509;

export async function loadX509(): Promise<X509> {
  // The library's dependency injection needs it in place first.
  await import("reflect-metadata");
  return import("@peculiar/x509");
}

/** PEM as OpenSSL and Go write it: lines of 64 characters, a line feed at the end. */
export function pem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
