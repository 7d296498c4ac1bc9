import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Cipher, openSalt, type Passphrase } from "../../engine/index.ts";
import { UserError } from "../../model/values/user-error.ts";
import { localDir } from "./project.ts";

/** The key file of this machine; made on first use by commands that make secrets. */
export const keyFile = (): string => path.join(localDir(), "passphrase");

/**
 * The passphrase, by Pulumi's own rules, so that both engines read the same stack files:
 * PULUMI_CONFIG_PASSPHRASE, else the file that PULUMI_CONFIG_PASSPHRASE_FILE names, else this
 * machine's key file, made now when `create` says so.
 *
 * @throws UserError when there is none, or the key file is readable by others
 */
export function findPassphrase({ create }: { create: boolean }): Passphrase {
  const value = process.env["PULUMI_CONFIG_PASSPHRASE"];
  if (value !== undefined) return { value, source: "PULUMI_CONFIG_PASSPHRASE" };

  const named = process.env["PULUMI_CONFIG_PASSPHRASE_FILE"];
  if (named !== undefined) return { value: read(named), source: named };

  if (!existsSync(keyFile())) {
    if (!create) {
      throw new UserError(
        "No passphrase: set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE " +
          `(this machine has no key file ${keyFile()} either).`,
      );
    }
    mkdirSync(localDir(), { recursive: true, mode: 0o700 });
    chmodSync(localDir(), 0o700);
    writeFileSync(keyFile(), `${randomBytes(32).toString("base64url")}\n`, {
      mode: 0o600,
      flag: "wx",
    });
  }
  if ((statSync(keyFile()).mode & 0o077) !== 0) {
    throw new UserError(`${keyFile()} is readable by others: run \`chmod 600 ${keyFile()}\`.`);
  }
  return { value: read(keyFile()), source: keyFile() };
}

/**
 * What a salt's secrets are decrypted with, where there is a passphrase for them. This machine's key file
 * is for its own stacks, so it need not fit; a passphrase that was given has to.
 *
 * @throws UserError for a passphrase from the environment that does not fit
 */
export async function openIfPossible(salt: string | undefined): Promise<Cipher | undefined> {
  const given =
    process.env["PULUMI_CONFIG_PASSPHRASE"] ?? process.env["PULUMI_CONFIG_PASSPHRASE_FILE"];
  if (salt === undefined || (given === undefined && !existsSync(keyFile()))) return undefined;
  const opening = openSalt(salt, findPassphrase({ create: false }));
  return given === undefined ? opening.catch(() => undefined) : opening;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new UserError(`The passphrase file ${file} cannot be read: ${(error as Error).message}`);
  }
}
