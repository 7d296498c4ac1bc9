import path from "node:path";
import type { PlanningConfig } from "./planning-config.ts";
import { PROJECT, type Stack } from "../stack/project.ts";

/** What a reader of a plan must know of the configuration that it was made with. */
export function notesOn({ file, name }: Stack, { missing, withheld }: PlanningConfig): string[] {
  const short = (key: string): string => key.slice(PROJECT.length + 1);
  const image = missing.filter((key) => key.endsWith(".image"));
  const made = missing.filter((key) => !image.includes(key));
  const lacking = (keys: readonly string[], command: string): string[] =>
    keys.length === 0
      ? []
      : [
          `${path.basename(file)} does not say ${keys.map(short).join(", ")} yet, so something stands in for it; \`${command}\` writes it.`,
        ];
  return [
    ...lacking(made, `npm run init -- --stack ${name}`),
    ...lacking(image, `npm run image -- --stack ${name} --push REPOSITORY`),
    ...(withheld.length === 0
      ? []
      : [`Secrets were not decrypted: that one changed is seen, what it is is not.`]),
  ];
}
