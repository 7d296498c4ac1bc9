#!/usr/bin/env bash
# What a pull request's own code says of it: own-report.sh FOLDER
#
# Runs in a checkout of the merge, which GitHub has made. FOLDER gets declarations.json, unless there are none to be
# had, and what stack-reports.sh writes. All of it is worth as much as the code of the pull request: judge-change.sh
# takes the former as data, and judges it itself.
set -euo pipefail
folder=$1
mkdir -p "$folder"
npx kafka-platform declarations >"$folder/declarations.json" || rm "$folder/declarations.json"
"$(dirname "$0")/stack-reports.sh" "$folder" HEAD^1
