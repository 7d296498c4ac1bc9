#!/usr/bin/env bash
# What a pull request's own code says of it: own-report.sh STACK FOLDER
#
# FOLDER gets declarations.json, unless there are none to be had, and what preview-report.sh writes. All of it is
# worth as much as the code of the pull request: judge-change.sh takes the former as data, and judges it itself.
set -euo pipefail
stack=$1
folder=$2
mkdir -p "$folder"
npx kafka-platform declarations >"$folder/declarations.json" || rm "$folder/declarations.json"
"$(dirname "$0")/preview-report.sh" "$stack" "$folder"
