import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

export interface Keystore {
  readonly file: string;
  readonly password: string;
}

/**
 * A key with a certificate for `localhost` that vouches for itself, made by Java's keytool: the
 * keystore for a broker, and `broker.pem` beside it for those who are to trust it.
 */
export async function selfSigned(folder: string): Promise<Keystore> {
  const keytool = promisify(execFile);
  const file = path.join(folder, "broker.p12");
  const password = randomBytes(18).toString("hex");
  const passwordFile = path.join(folder, "keystore-password");
  await writeFile(passwordFile, password, { mode: 0o600 });
  const store = ["-alias", "broker", "-keystore", file, "-storepass:file", passwordFile];
  const key = ["-keyalg", "EC", "-storetype", "PKCS12", "-validity", "2"];
  const name = ["-dname", "CN=localhost", "-ext", "san=dns:localhost"];
  await keytool("keytool", ["-genkeypair", ...store, ...key, ...name]);
  await keytool("keytool", [
    ...["-exportcert", "-rfc", ...store],
    ...["-file", path.join(folder, "broker.pem")],
  ]);
  return { file, password };
}
