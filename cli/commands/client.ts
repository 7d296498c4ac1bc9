import path from "node:path";
import { CLIENT_PROFILE_NAMES } from "../../model/credentials/client-profiles.ts";
import { isSet, oneOf, text } from "../terminal/arguments.ts";
import { EXIT, type Command, stackFlags } from "../terminal/command.ts";
import {
  CLIENT_FORMATS,
  clientOutputs,
  connectionOf,
  writeClientFile,
} from "../credentials/client-file.ts";
import { engineOf } from "../engines/engine-facts.ts";
import { localDir, stackOf } from "../stack/project.ts";
import { outputsAs, stackOutputs } from "../stack/stack-outputs.ts";

const FORMATS = Object.keys(CLIENT_FORMATS) as (keyof typeof CLIENT_FORMATS)[];

export const command: Command = {
  description: "The file can be read by you alone.",
  positionals: { usage: "ACCOUNT", counts: [1] },
  flags: {
    ...stackFlags,
    profile: {
      type: "string",
      value: CLIENT_PROFILE_NAMES.join("|"),
      description: "what matters most to the client (default: durability)",
    },
    format: {
      type: "string",
      value: FORMATS.join("|"),
      description: "client.properties of Java clients, or JSON (default: properties)",
    },
    out: {
      type: "string",
      value: "DIR",
      description: "where the file goes (default: where this stack's local files are)",
    },
    force: { type: "boolean", description: "replace a file that this command did not write" },
  },
  async run(args) {
    const [account = ""] = args.rest;
    const profile = oneOf("profile", text(args, "profile") ?? "durability", CLIENT_PROFILE_NAMES);
    const format = oneOf("format", text(args, "format") ?? "properties", FORMATS);
    const stack = stackOf(args);
    const engine = await engineOf(args, stack);
    const outputs = await stackOutputs(engine, stack, { showSecrets: true });
    const connection = connectionOf(outputsAs(clientOutputs, outputs, stack), account);
    const folder = path.resolve(text(args, "out") ?? path.join(localDir(), stack.name, "clients"));
    const file = path.join(folder, `${account}.client.${format}`);
    const content = CLIENT_FORMATS[format](connection, profile);
    writeClientFile(file, content, isSet(args, "force"));
    console.log(`Wrote ${file} (profile ${profile}). It holds the password of ${account}.`);
    return EXIT.fine;
  },
};
