#!/usr/bin/env bash
# Builds the broker image and pushes it to REPOSITORY/broker: push-image.sh STACK REPOSITORY
#
# Wants REGISTRY_USER and REGISTRY_TOKEN. The digest is for the stack file, which a pull request changes:
# it is printed, and written to the job's summary.
set -euo pipefail
stack=$1
repository=${2,,} # registries take lower case only
file="Pulumi.$stack.yaml"

docker login "${repository%%/*}" --username "$REGISTRY_USER" --password-stdin <<<"$REGISTRY_TOKEN"
trap 'docker logout "${repository%%/*}" >/dev/null' EXIT
npm run --silent image -- --stack "$stack" --push "$repository"

change=$(git diff -- "$file")
if [[ -z $change ]]; then
  echo "$file already names this image"
elif [[ -n ${GITHUB_STEP_SUMMARY:-} ]]; then
  printf 'Apply this to use the image:\n\n```diff\n%s\n```\n' "$change" >>"$GITHUB_STEP_SUMMARY"
fi
