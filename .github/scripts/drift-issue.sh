#!/usr/bin/env bash
# Keeps one issue about what a stack needs of a person, open as long as there is anything: drift-issue.sh STACK FOLDER
#
# That is drift, and credentials that are overdue: FOLDER has what drift.sh and overdue.sh have written. Wants GH_TOKEN
# and GITHUB_REPOSITORY.
set -euo pipefail
stack=$1
folder=$2
title="Drift of stack $stack"
export title
number=$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues?state=open" --jq \
  '.[] | select(.user.login == "github-actions[bot]" and .title == env.title and (has("pull_request") | not)) | .number')
number=${number%%$'\n'*}
drift=$(cat "$folder/drift")
overdue=$(cat "$folder/overdue")

if [[ $drift == no && $overdue == no ]]; then
  if [[ -n $number ]]; then
    gh issue close "$number" --repo "$GITHUB_REPOSITORY" \
      --comment "What is there is what was deployed again, and no credential is overdue."
  fi
  echo "no drift, nothing overdue"
  exit 0
fi

# Far below GitHub's limit of 65,536 characters, both together.
shown() {
  echo '``````````text'
  head -c "$2" "$1"
  echo
  echo '``````````'
  echo
}

body=$folder/issue.md
{
  echo "As of $(date -u '+%Y-%m-%d %H:%M') UTC:"
  echo
  if [[ $drift == yes ]]; then
    echo "What is there differs from what was deployed. Deploy again to put it back, or declare it and run" \
      "\`npm run pulumi -- refresh --stack $stack\`."
    echo
    shown "$folder/differences" 40000
  fi
  if [[ $overdue == yes ]]; then
    echo "Credentials are overdue. Rotate each with \`npm run rotate -- ACCOUNT --stack $stack\`."
    echo
    shown "$folder/credentials" 10000
  fi
} >"$body"
if [[ -n $number ]]; then
  gh issue edit "$number" --repo "$GITHUB_REPOSITORY" --body-file "$body"
else
  gh issue create --repo "$GITHUB_REPOSITORY" --title "$title" --body-file "$body"
fi
