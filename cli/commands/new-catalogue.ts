import { execFileSync } from "node:child_process";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { UserError } from "../../model/values/user-error.ts";
import { embeddedHolds } from "../engines/embedded.ts";
import { DOMAIN_FILE, domainFiles, OTHERS } from "../generated/domain-list.ts";
import { exampleDomain } from "../generated/example-domain.ts";
import { generate } from "../generated/generate.ts";
import { absolute, formatted } from "../generated/generated-file.ts";
import { findStack, PROJECT_DIR, stackNames } from "../stack/project.ts";
import { isSet, text } from "../terminal/arguments.ts";
import { type Arguments, EXIT, type Command, YES } from "../terminal/command.ts";
import { confirmed } from "../terminal/confirm.ts";
import { abortOnInterrupt } from "../terminal/interrupt.ts";

/** The domain of what the platform offers to every other: it stays. */
const PLATFORM = "platform.ts";
const LOCK = "kafka.lock.json";

export const command: Command = {
  description:
    "The platform and its own domain stay. What is about the demo domains goes: their files, their tests in " +
    "tests/topics, and what kafka.lock.json says of them. Asks first; wants a clean working tree, and, without " +
    "--yes, that no stack of the demo is up on this machine.",
  flags: {
    domain: {
      type: "string",
      value: "NAME",
      description: "the new domain, such as orders: topics/NAME.ts",
    },
    owner: { type: "string", value: "TEAM", description: "the team that answers for it" },
    yes: YES,
  },
  async run(args, all) {
    const { file, owner } = wanted(args);
    refuseUncommitted();
    await refuseRunning(args);
    const removed = await demoFiles();
    refuseSameName(file, removed);
    console.log(["These files go:", ...removed.map((one) => `  ${one}`)].join("\n"));
    await confirmed(args, `Remove them, and begin with topics/${file} of ${owner}?`);

    for (const one of [...removed, LOCK]) rmSync(absolute(one));
    const example = exampleDomain(file.replace(/\.ts$/, ""), owner);
    writeFileSync(
      absolute(`topics/${file}`),
      await formatted(`topics/${file}`, example, "typescript"),
    );
    const { signal, release } = abortOnInterrupt();
    try {
      const written = await generate(all, signal);
      console.log(
        ["Wrote:", ...[`topics/${file}`, ...written].map((one) => `  ${one}`)].join("\n"),
      );
    } finally {
      release();
    }
    console.log("Next: change the example, then `npm run check`.");
    return EXIT.fine;
  },
};

function wanted(args: Arguments): { readonly file: string; readonly owner: string } {
  const [domain, owner] = [text(args, "domain"), text(args, "owner")];
  if (domain === undefined || owner === undefined || owner.trim() === "") {
    throw new UserError("Wanted --domain NAME and --owner TEAM.");
  }
  const file = `${domain}.ts`;
  if (!DOMAIN_FILE.test(file) || OTHERS.has(file) || file === PLATFORM) {
    throw new UserError(
      `--domain ${domain}: wanted small letters, digits and hyphens, such as game-platform, and not ` +
        `${[...OTHERS, PLATFORM].map((other) => other.replace(/\.ts$/, "")).join(", ")}.`,
    );
  }
  return { file, owner };
}

/** Its former content is loaded already: what is generated would be made of that. */
function refuseSameName(file: string, removed: readonly string[]): void {
  if (!removed.includes(`topics/${file}`)) return;
  throw new UserError(
    `--domain ${file.replace(/\.ts$/, "")}: topics/${file} is one of the domains that go; wanted another name.`,
  );
}

/** What is removed can be had back from git only if it is there as it is. */
function refuseUncommitted(): void {
  let changed: string;
  try {
    changed = execFileSync("git", ["status", "--porcelain"], {
      cwd: PROJECT_DIR,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    throw new UserError(
      `${PROJECT_DIR} is not in a git repository: what is removed could not be had back.`,
    );
  }
  if (changed !== "") {
    throw new UserError(
      `Something here is not committed, so what is removed could not be had back:\n${changed.trimEnd()}`,
    );
  }
}

/** Topics of a stack that is up would be deleted by its next run, or refused because they are protected. */
async function refuseRunning(args: Arguments): Promise<void> {
  if (isSet(args, "yes")) return;
  for (const name of stackNames()) {
    if (await embeddedHolds(findStack(name))) {
      throw new UserError(
        `Stack ${name} is up, with the topics of the demo: run \`npm run destroy -- --stack ${name}\` first, ` +
          "or pass --yes to have its next run delete them.",
      );
    }
  }
}

async function demoFiles(): Promise<string[]> {
  const domains = (await domainFiles(absolute("topics"))).filter((file) => file !== PLATFORM);
  const tests = new Set(domains.map((file) => file.replace(/\.ts$/, ".test.ts")));
  const about = readdirSync(absolute("tests/topics")).filter(
    (file) => tests.has(file) || file.startsWith("demo-"),
  );
  return [
    ...domains.map((file) => `topics/${file}`),
    ...about.map((file) => `tests/topics/${file}`),
  ];
}
