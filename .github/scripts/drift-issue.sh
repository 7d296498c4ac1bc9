#!/usr/bin/env bash
# Keeps one issue about the drift of a stack, open as long as there is any: drift-issue.sh STACK FOLDER
#
# Wants GH_TOKEN and GITHUB_REPOSITORY.
set -euo pipefail
stack=$1
folder=$2
title="Drift of stack $stack"
export title
number=$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues?state=open" --jq \
  '.[] | select(.user.login == "github-actions[bot]" and .title == env.title and (has("pull_request") | not)) | .number')
number=${number%%$'\n'*}

if [[ $(cat "$folder/drift") == no ]]; then
  if [[ -n $number ]]; then
    gh issue close "$number" --repo "$GITHUB_REPOSITORY" --comment "What is there is what was deployed again."
  fi
  echo "no drift"
  exit 0
fi

body=$folder/issue.md
{
  echo "What is there differs from what was deployed, as of $(date -u '+%Y-%m-%d %H:%M') UTC."
  echo
  echo "Deploy again to put it back, or declare it and run \`npm run pulumi -- refresh --stack $stack\`."
  echo
  echo '``````````text'
  # Far below GitHub's limit of 65,536 characters.
  head -c 50000 "$folder/differences"
  echo
  echo '``````````'
} >"$body"
if [[ -n $number ]]; then
  gh issue edit "$number" --repo "$GITHUB_REPOSITORY" --body-file "$body"
else
  gh issue create --repo "$GITHUB_REPOSITORY" --title "$title" --body-file "$body"
fi
