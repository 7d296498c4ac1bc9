#!/usr/bin/env bash
# Judges the workflows by programs that others wrote: actionlint (types, shell) and zizmor (security).
# tests/workflows judges what is this project's own. Wants Go and Python 3.
set -euo pipefail
cd "$(dirname "$0")/../.."
export GOBIN
GOBIN=$(mktemp -d)
tools=$(mktemp -d)
trap 'rm -rf "$GOBIN" "$tools"' EXIT

go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
"$GOBIN/actionlint" -color

python3 -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check zizmor==1.32.0
"$tools/bin/zizmor" --offline --persona regular .github/workflows
