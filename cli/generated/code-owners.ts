import { UserError } from "../../model/values/user-error.ts";
import { DOMAINS } from "../../topics/domains.ts";
import { currentText, type GeneratedFile } from "./generated-file.ts";

/** Everything after this line is made of the domains. */
const MADE_FROM_HERE =
  "# From here on `npx kafka-platform generate` writes it, from `owner` of each domain.";

const FIRST_RULE = /^\*\s+@([\w-]+)\/[\w-]+/m;

/** A team's name as part of an address on GitHub. */
const slug = (owner: string): string =>
  owner
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");

/**
 * The file as it should be: what people wrote, then a line for the file of each domain, with the team
 * that owns it. The organisation is that of the first rule.
 *
 * @param owners by file
 */
export function codeOwnersText(written: string, owners: Readonly<Record<string, string>>): string {
  const [head = ""] = written.split(MADE_FROM_HERE);
  const [, organisation] = FIRST_RULE.exec(head) ?? [];
  if (organisation === undefined) {
    throw new UserError(
      ".github/CODEOWNERS has no rule for everything: wanted a line such as `* @your-company/platform` " +
        `before the line "${MADE_FROM_HERE}".`,
    );
  }
  const lines = Object.entries(owners).map(
    ([file, owner]) => `/${file} @${organisation}/${slug(owner)}`,
  );
  return [head.trimEnd(), "", MADE_FROM_HERE, ...lines, ""].join("\n");
}

export const codeOwners: GeneratedFile = {
  file: ".github/CODEOWNERS",
  text() {
    const owners = Object.entries(DOMAINS).map(([file, domain]) => [
      file,
      (typeof domain === "function" ? domain() : domain).owner,
    ]);
    return codeOwnersText(
      currentText(this.file),
      Object.fromEntries(owners) as Record<string, string>,
    );
  },
};
