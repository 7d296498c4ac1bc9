#!/usr/bin/env bash
# Looks whether what is there is still what was deployed: drift.sh STACK FOLDER
#
# FOLDER gets drift, yes or no, and differences. Changes nothing. Ends with an error when it could not look.
set -euo pipefail
stack=$1
folder=$2
mkdir -p "$folder"

code=0
npm run --silent pulumi -- refresh --stack "$stack" --preview-only --expect-no-changes --diff \
  --non-interactive --color never >"$folder/differences" 2>&1 || code=$?
cat "$folder/differences"

if [[ $code -eq 0 ]]; then
  echo no >"$folder/drift"
elif grep -q 'no changes were expected' "$folder/differences"; then
  echo yes >"$folder/drift"
else
  echo "error: stack $stack could not be looked at" >&2
  exit 1
fi
