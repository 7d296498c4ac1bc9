import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { ClientFormat } from "../../model/credentials/client-formats.ts";
import type { ClientProfileName } from "../../model/credentials/client-profiles.ts";
import {
  CLIENT_FILE_MARK,
  type ClientConnection,
  clientSettings,
} from "../../model/credentials/client-settings.ts";
import { PLATFORM_ACCOUNTS } from "../../model/credentials/platform-accounts.ts";
import { environment } from "../../model/values/environment.ts";
import { noSuch } from "../../model/values/spelling.ts";
import { UserError } from "../../model/values/user-error.ts";
import { writePrivately } from "../stack/stack-file.ts";

const login = z.object({ username: z.string(), password: z.string(), mechanism: z.string() });

const topics = z.array(
  z.object({ topic: z.string(), codec: z.string(), maxMessageSize: z.number() }),
);

/** The outputs of a stack that a client's file is made from, secrets shown. */
export const clientOutputs = z.object({
  bootstrapServers: z.string(),
  internalBootstrapServers: z.string(),
  tlsEnabled: z.boolean(),
  caCertificate: z.string().nullish(),
  environment,
  admin: login,
  accounts: z.record(
    z.string(),
    login.extend({
      consumerGroups: z.array(z.string()),
      topics: z.object({ writes: topics, reads: topics }),
    }),
  ),
});

type ClientOutputs = z.output<typeof clientOutputs>;

/**
 * What an account of the stack, or its super user, connects with.
 *
 * @param from whether the client runs outside the platform's own network, or in it
 * @throws UserError that names the accounts there are
 */
export function connectionOf(
  outputs: ClientOutputs,
  account: string,
  from: "outside" | "inside",
): ClientConnection {
  const { tlsEnabled, environment, accounts } = outputs;
  const known = Object.hasOwn(accounts, account) ? accounts[account] : undefined;
  const superUser =
    account === PLATFORM_ACCOUNTS.admin ? { ...outputs.admin, consumerGroups: [] } : undefined;
  const found = known ?? superUser;
  if (!found) {
    const names = [...Object.keys(accounts), PLATFORM_ACCOUNTS.admin];
    throw new UserError(noSuch("account", account, names, " in this stack"));
  }
  const bootstrapServers =
    from === "outside" ? outputs.bootstrapServers : outputs.internalBootstrapServers;
  const caCertificate = outputs.caCertificate ?? undefined;
  return { bootstrapServers, tlsEnabled, caCertificate, environment, ...found };
}

/** What to write for a client, by path: its own file first, then the certificates that it refers to. */
export function clientContent(
  connection: ClientConnection,
  profile: ClientProfileName,
  { suffix, wantsCaFile = false, render }: ClientFormat,
  folder: string,
): Record<string, string> {
  const { username } = connection;
  const settings = clientSettings(connection, profile);
  const { caCertificate } = settings;
  const caFile = path.join(folder, `${username}.client.ca.pem`);
  const file = path.join(folder, `${username}.${suffix}`);
  const heading = `# ${CLIENT_FILE_MARK}: certificates that clients of account ${username} trust.`;
  return {
    [file]: render(settings, caFile),
    ...(wantsCaFile &&
      caCertificate !== undefined && { [caFile]: `${heading}\n${caCertificate.trim()}\n` }),
  };
}

/**
 * Writes files that only their owner may read.
 *
 * @throws UserError where a file of somebody else is in the way, unless `force`; then none is written
 */
export function writeClientFiles(files: Readonly<Record<string, string>>, force: boolean): void {
  const foreign = Object.keys(files).find((file) => existsSync(file) && !isOurs(file));
  if (!force && foreign !== undefined) {
    throw new UserError(
      `${foreign} was not written by this command: move it away, or pass --force to replace it.`,
    );
  }
  for (const [file, content] of Object.entries(files)) writePrivately(file, content);
}

/** By its first words, a comment in either form. */
const isOurs = (file: string): boolean =>
  [`# ${CLIENT_FILE_MARK}`, `{\n  "comment": "${CLIENT_FILE_MARK}`].some((beginning) =>
    readFileSync(file, "utf8").startsWith(beginning),
  );
