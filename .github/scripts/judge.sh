#!/usr/bin/env bash
# Fails a job as its report says, after the comment is there: judge.sh FOLDER
set -euo pipefail
code=$(cat "$1/exit-code")
case $code in
  0) echo "nothing stands in the way" ;;
  2) echo "error: policies are violated, or changes cannot be taken back: see the report" >&2 ;;
  *)
    # Whatever else is there: the shell would make 0 of 256.
    echo "error: there is no plan: see the report" >&2
    code=1
    ;;
esac
exit "$code"
