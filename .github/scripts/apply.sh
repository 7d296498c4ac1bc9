#!/usr/bin/env bash
# Does what a saved plan says and nothing else: apply.sh STACK FILE
set -euo pipefail
if [[ ! -s $2 ]]; then
  echo "error: there is no plan $2; wanted what plan.sh saved" >&2
  exit 1
fi
npm run --silent pulumi -- up --stack "$1" --plan "$2" --yes --non-interactive --policy-pack policy
