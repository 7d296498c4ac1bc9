#!/usr/bin/env bash
# Writes the report of one stack of what is checked out: preview-report.sh STACK FOLDER BASE BYTES
#
# It is compared with where the branch left BASE. FOLDER gets report.md, of at most BYTES, and exit-code: 0 nothing
# changes, 1 error, 2 somebody has to look, 3 fine. Ends with 0 in all four cases: the report of an error is a
# report too.
set -euo pipefail
stack=$1
folder=$2
base=$3
bytes=$4
mkdir -p "$folder"

code=0
npm run --silent preview -- --stack "$stack" --format markdown --detailed-exitcode --base "$base" \
  --max-bytes "$bytes" >"$folder/report.md" 2>"$folder/messages" || code=$?
# Not by a tee on the way: nobody waits for that, and the lines below would be read before it has written.
cat "$folder/messages" >&2

if [[ $code -ne 0 && $code -ne 2 && $code -ne 3 ]]; then
  # The last lines say why. The fence is longer than any that they may contain.
  {
    echo "<!-- kafka-platform preview of stack $stack -->"
    echo "### ⛔ Stack \`$stack\` cannot be planned"
    echo
    echo '``````````text'
    tail -n 50 "$folder/messages" | cut -c 1-1000 | tail -c "$((bytes - 300))"
    echo '``````````'
  } >"$folder/report.md"
  code=1
fi
echo "$code" >"$folder/exit-code"
