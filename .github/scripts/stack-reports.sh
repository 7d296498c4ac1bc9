#!/usr/bin/env bash
# Writes one report over every stack of what is checked out: stack-reports.sh FOLDER BASE
#
# A stack is what has a file Pulumi.<stack>.yaml. Each in which something changes, or is refused, has a section of its
# own; the others are named. FOLDER gets report.md, one comment, and exit-code, the worst of all: 0 fine, 1 error,
# 2 somebody has to look.
set -euo pipefail
folder=$1
base=$2
mkdir -p "$folder/stacks"

# Names from a pull request go to commands and into a report: letters, digits and what cannot begin an option.
stacks() { sed -nE 's/^Pulumi\.([A-Za-z0-9][A-Za-z0-9_.-]{0,99})\.yaml$/\1/p' | sort -u; }
mapfile -t now < <(find . -maxdepth 1 -name 'Pulumi.*.yaml' -type f -printf '%f\n' | stacks)
mapfile -t before < <(git ls-tree --name-only "$base" | stacks)

# GitHub takes 65,536 characters. What is left is for the lines here, and for a warning above them.
count=${#now[@]}
bytes=$((60000 / (count > 0 ? count : 1)))
worst=0
unchanged=()
for stack in "${now[@]}"; do
  own="$folder/stacks/$stack"
  "$(dirname "$0")/preview-report.sh" "$stack" "$own" "$base" "$bytes"
  case $(cat "$own/exit-code") in
    0) unchanged+=("$stack") ;;
    1) worst=1 ;;
    2) if [[ $worst -eq 0 ]]; then worst=2; fi ;;
  esac
done

{
  echo '<!-- kafka-platform preview -->'
  for stack in "${now[@]}"; do
    if [[ $(cat "$folder/stacks/$stack/exit-code") == 0 ]]; then continue; fi
    # Below its own first line, by which a comment would be known.
    tail -n +2 "$folder/stacks/$stack/report.md"
    printf '\n---\n\n'
  done
  for stack in "${before[@]}"; do
    if [[ ! -f "Pulumi.$stack.yaml" ]]; then
      printf '⚠️ Stack `%s` has no file any more. What it has deployed stays, and nothing here looks after it.\n\n' "$stack"
    fi
  done
  if [[ ${#unchanged[@]} -gt 0 ]]; then
    printf '✅ Nothing changes in'
    printf ' `%s`' "${unchanged[@]}"
    echo .
  fi
  if [[ $count -eq 0 ]]; then echo 'There is no stack: wanted a file such as Pulumi.prod.yaml.'; fi
} >"$folder/report.md"
echo "$worst" >"$folder/exit-code"
