#!/usr/bin/env bash
# Looks whether credentials of a stack are overdue for rotation: overdue.sh STACK FOLDER
#
# FOLDER gets overdue, yes or no, and credentials, the list of them. Changes nothing. Ends with an error when it could
# not look.
set -euo pipefail
stack=$1
folder=$2
mkdir -p "$folder"

code=0
npm run --silent rotate -- --list --overdue --stack "$stack" --engine pulumi >"$folder/credentials" || code=$?
cat "$folder/credentials"
case $code in
  0) echo no >"$folder/overdue" ;;
  2) echo yes >"$folder/overdue" ;;
  *)
    echo "error: the credentials of stack $stack could not be looked at" >&2
    exit 1
    ;;
esac
