import path from "node:path";
import { CLIENT_FORMAT_NAMES, CLIENT_FORMATS } from "../../model/credentials/client-formats.ts";
import { CLIENT_PROFILE_NAMES } from "../../model/credentials/client-profiles.ts";
import { PLATFORM_ACCOUNTS } from "../../model/credentials/platform-accounts.ts";
import type { ClusterKind } from "../../model/stack/cluster-kinds.ts";
import { isSet, oneOf, text } from "../terminal/arguments.ts";
import { EXIT, type Command, stackFlags } from "../terminal/command.ts";
import {
  clientContent,
  clientOutputs,
  connectionOf,
  writeClientFiles,
} from "../credentials/client-file.ts";
import { engineOf } from "../engines/engine-facts.ts";
import { clusterKind } from "../stack/initialisation.ts";
import { localDir, stackOf } from "../stack/project.ts";
import { outputsAs, stackOutputs } from "../stack/stack-outputs.ts";

const HOST = "host";

export const command: Command = {
  description:
    "The file can be read by you alone. Besides the login it has the codec and the sizes that the topics of the " +
    `account declare. ACCOUNT may be ${PLATFORM_ACCOUNTS.admin}, the super user, for operators.`,
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
      value: CLIENT_FORMAT_NAMES.join("|"),
      description: "what reads the file (default: properties, for Java clients and Kafka's tools)",
    },
    from: {
      type: "string",
      value: "host|container|cluster",
      description:
        "where the client runs: outside, in a container of Docker, in Kubernetes (default: host)",
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
    const format = oneOf("format", text(args, "format") ?? "properties", CLIENT_FORMAT_NAMES);
    const stack = stackOf(args);
    const from = placeOf(text(args, "from") ?? HOST, clusterKind(stack));
    const engine = await engineOf(args, stack);
    const outputs = outputsAs(
      clientOutputs,
      await stackOutputs(engine, stack, { showSecrets: true }),
      stack,
    );
    const connection = connectionOf(outputs, account, from);
    const folder = path.resolve(text(args, "out") ?? path.join(localDir(), stack.name, "clients"));
    const files = clientContent(connection, profile, CLIENT_FORMATS[format], folder);
    writeClientFiles(files, isSet(args, "force"));
    const [file = "", ...beside] = Object.keys(files);
    console.log(`Wrote ${file} (profile ${profile}). It holds the password of ${account}.`);
    for (const other of beside) console.log(`Wrote ${other}, which it refers to.`);
    if (account === PLATFORM_ACCOUNTS.admin) console.log(SUPER_USER);
    return EXIT.fine;
  },
};

const SUPER_USER =
  "The super user may do everything, and no ACL stops it: for operators, and for no program.";

/** @throws UserError for a place that this kind of cluster does not have */
const placeOf = (given: string, { inside }: ClusterKind) =>
  oneOf("from", given, [HOST, inside]) === HOST ? "outside" : "inside";
