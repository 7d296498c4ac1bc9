import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import {
  CLIENT_FILE_MARK,
  type ClientConnection,
  clientJson,
  clientProperties,
} from "../../model/credentials/client-settings.ts";
import { noSuch } from "../../model/values/spelling.ts";
import { UserError } from "../../model/values/user-error.ts";
import { writePrivately } from "../stack/stack-file.ts";

/** The outputs of a stack that a client's file is made from, secrets shown. */
export const clientOutputs = z.object({
  bootstrapServers: z.string(),
  tlsEnabled: z.boolean(),
  caCertificate: z.string().nullish(),
  accounts: z.record(
    z.string(),
    z.object({
      username: z.string(),
      password: z.string(),
      mechanism: z.string(),
      consumerGroups: z.array(z.string()),
    }),
  ),
});

export const CLIENT_FORMATS = { properties: clientProperties, json: clientJson } as const;

/** @throws UserError that names the accounts there are */
export function connectionOf(
  { bootstrapServers, tlsEnabled, caCertificate, accounts }: z.output<typeof clientOutputs>,
  account: string,
): ClientConnection {
  const login = Object.hasOwn(accounts, account) ? accounts[account] : undefined;
  if (login) {
    return { bootstrapServers, tlsEnabled, caCertificate: caCertificate ?? undefined, ...login };
  }
  throw new UserError(noSuch("account", account, Object.keys(accounts), " in this stack"));
}

/**
 * Writes a file that only its owner may read.
 *
 * @throws UserError where another file is in the way, unless `force`
 */
export function writeClientFile(file: string, content: string, force: boolean): void {
  if (!force && existsSync(file) && !isOurs(file)) {
    throw new UserError(
      `${file} was not written by this command: move it away, or pass --force to replace it.`,
    );
  }
  writePrivately(file, content);
}

/** By its first words, a comment in either format. */
const isOurs = (file: string): boolean =>
  [`# ${CLIENT_FILE_MARK}`, `{\n  "comment": "${CLIENT_FILE_MARK}`].some((beginning) =>
    readFileSync(file, "utf8").startsWith(beginning),
  );
