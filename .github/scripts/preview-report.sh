#!/usr/bin/env bash
# Writes the report of what is checked out: preview-report.sh STACK FOLDER [BASE]
#
# It is compared with where the branch left BASE, by default the main branch. FOLDER gets report.md, one
# comment, and exit-code: 0 fine, 1 error, 2 somebody has to look. Ends with 0 in all three cases: the report
# of an error is a report too.
set -euo pipefail
stack=$1
folder=$2
base=(${3:+--base "$3"})
mkdir -p "$folder"

code=0
npm run --silent preview -- --stack "$stack" --format markdown "${base[@]}" \
  >"$folder/report.md" 2>"$folder/messages" || code=$?
# Not by a tee on the way: nobody waits for that, and the lines below would be read before it has written.
cat "$folder/messages" >&2

if [[ $code -ne 0 && $code -ne 2 ]]; then
  # The last lines say why. The fence is longer than any that they may contain, the whole far below
  # GitHub's limit of 65,536 characters.
  {
    echo "<!-- kafka-platform preview of stack $stack -->"
    echo "### ⛔ Stack \`$stack\` cannot be planned"
    echo
    echo '``````````text'
    tail -n 50 "$folder/messages" | cut -c 1-1000
    echo '``````````'
  } >"$folder/report.md"
fi
echo "$code" >"$folder/exit-code"
