#!/usr/bin/env bash
# Puts a report under a pull request, in place of the last one: comment.sh REPORT
#
# A comment is known by its first line, and only one of our own is edited. Wants GH_TOKEN,
# GITHUB_REPOSITORY and PULL_REQUEST, its number.
set -euo pipefail
report=$1
marker=$(head -n 1 "$report")
if [[ $marker != '<!-- kafka-platform '*' -->' ]]; then
  echo "error: $report does not begin with a marker; wanted what npm run preview -- --format markdown writes" >&2
  exit 1
fi

comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
export marker
found=$(gh api --paginate "$comments" --jq \
  '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith(env.marker))) | .id')
id=${found%%$'\n'*}

if [[ -n $id ]]; then
  gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$report" --silent
  echo "comment $id was edited"
else
  gh api --method POST "$comments" --field "body=@$report" --silent
  echo "a comment was added"
fi
