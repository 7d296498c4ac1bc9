import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * A `pulumi` that says stack `dev` is up with these outputs and resources, in the folder `bin` of
 * `home`, which then belongs on the PATH.
 */
export function fakePulumi(
  home: string,
  outputs: unknown,
  resources: readonly { readonly type: string; readonly name: string }[] = [],
): void {
  const exported = {
    version: 3,
    deployment: {
      resources: resources.map(({ type, name }) => {
        return { urn: `urn:pulumi:dev::kafka-platform::${type}::${name}`, type };
      }),
    },
  };
  const files = { outputs, exported, stacks: [{ name: "dev", resourceCount: 9 }] };
  const bin = path.join(home, "bin");
  mkdirSync(bin, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path.join(bin, `${name}.json`), JSON.stringify(content), { mode: 0o600 });
  }
  const script = [
    "#!/bin/sh",
    'case "$*" in',
    `*"stack ls"*) cat "${bin}/stacks.json" ;;`,
    `*"stack output"*) cat "${bin}/outputs.json" ;;`,
    `*"stack export"*) cat "${bin}/exported.json" ;;`,
    "*version*) echo v3.270.0 ;;",
    "*) exit 1 ;;",
    "esac",
  ];
  writeFileSync(path.join(bin, "pulumi"), script.join("\n"), { mode: 0o755 });
}
