#!/usr/bin/env bash
# Writes the report of a pull request by the code of the main branch: judge-change.sh CHANGE OWN FOLDER
#
# Runs in a checkout of what is merged into. CHANGE is a checkout of the merge, of which nothing is run; OWN is
# what own-report.sh wrote there. Where no code changes, declarations and stack files are taken as data and judged
# here. Where code changes, only that code knows what it means: its own report is taken, and begins with that.
# FOLDER gets what stack-reports.sh writes.
set -euo pipefail
change=$1
own=$2
folder=$3
mkdir -p "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Names of the files that change, without whatever else their author has put into a name.
changed() {
  git -C "$change" diff --no-ext-diff --no-renames --name-only -z HEAD^1 HEAD -- "$@" |
    tr '\0\n' '\n?' | tr -cd 'A-Za-z0-9._/\n-'
}

# Warns below the first line of the report, by which the comment is known: warn TEXT FILES
warn() {
  {
    head -n 1 "$folder/report.md"
    printf '\n> [!WARNING]\n> %s\n\n' "$1"
    head -n 10 "$2" | cut -c 1-200 | sed 's/.*/- `&`/'
    if [[ $(wc -l <"$2") -gt 10 ]]; then echo "- and $(($(wc -l <"$2") - 10)) more"; fi
    echo
    tail -n +2 "$folder/report.md"
  } >"$work/report.md"
  mv "$work/report.md" "$folder/report.md"
}

unreadable() {
  printf '%s\n### ⛔ %s\n\n%s\n' '<!-- kafka-platform preview -->' \
    "What this pull request declares cannot be read" \
    "Wanted from its job \`own\`: what \`npx kafka-platform declarations\` prints. The logs of both jobs say what came instead." \
    >"$folder/report.md"
  echo 1 >"$folder/exit-code"
}

changed . ':(exclude)topics' ':(exclude)docs' ':(exclude)tests' ':(exclude,glob)*.md' \
  ':(exclude,glob)Pulumi.*.yaml' ':(exclude)kafka.lock.json' ':(exclude).github/CODEOWNERS' >"$work/code"
changed topics >"$work/topics"

if [[ -s $work/code ]]; then
  cp "$own/report.md" "$own/exit-code" "$folder/"
  warn "Code that this pull request changes has written this report. Review the code, too:" "$work/code"
elif [[ ! -f $own/declarations.json && $(cat "$own/exit-code") == 1 ]]; then
  # What is wrong with the declarations, in the words of the same code as ours.
  cp "$own/report.md" "$own/exit-code" "$folder/"
else
  npx kafka-platform declarations >"$work/before.json"
  if npx kafka-platform declarations --from "$own/declarations.json"; then
    npx kafka-platform declarations >"$work/after.json"
    find . -maxdepth 1 -name 'Pulumi.*.yaml' -delete
    find "$change" -maxdepth 1 -name 'Pulumi.*.yaml' -type f -exec cp -t . {} +
    "$(dirname "$0")/stack-reports.sh" "$folder" HEAD
    if [[ -s $work/topics ]] && cmp -s "$work/before.json" "$work/after.json"; then
      warn "These files change, and declare what they declared before. Look at why:" "$work/topics"
    fi
  else
    unreadable
  fi
fi
if [[ -n ${GITHUB_STEP_SUMMARY:-} ]]; then cat "$folder/report.md" >>"$GITHUB_STEP_SUMMARY"; fi
