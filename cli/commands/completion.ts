import { UserError } from "../../model/values/user-error.ts";
import { EXIT, type Command } from "../terminal/command.ts";

/** Both ask the command itself, so that they never have to be written again. */
const SCRIPTS = {
  bash: `# In ~/.bashrc: source <(kafka-platform completion bash)
_kafka_platform() {
  local IFS=$'\\n'
  COMPREPLY=($("\${COMP_WORDS[0]}" __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _kafka_platform kafka-platform`,
  zsh: `#compdef kafka-platform
# In ~/.zshrc, after compinit: source <(kafka-platform completion zsh)
_kafka_platform() {
  local -a found
  found=(\${(f)"$("\${words[1]}" __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( \${#found} )); then compadd -- $found; else _files; fi
}
compdef _kafka_platform kafka-platform`,
} as const;

export const command: Command = {
  description:
    "For `kafka-platform` on the PATH, where `npm link` in the project puts it. The script says where it goes.",
  positionals: { usage: "bash|zsh", counts: [1] },
  flags: {},
  run({ rest: [shell = ""] }) {
    console.log(SCRIPTS[shellOf(shell)]);
    return Promise.resolve(EXIT.fine);
  },
};

function shellOf(given: string): keyof typeof SCRIPTS {
  if (given === "bash" || given === "zsh") return given;
  throw new UserError(`There is no completion for "${given}": wanted bash or zsh.`);
}
