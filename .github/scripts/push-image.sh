#!/usr/bin/env bash
# Builds the images of the broker and of the exporter, and pushes them to REPOSITORY/broker and REPOSITORY/exporter:
# push-image.sh STACK REPOSITORY
#
# Wants REGISTRY_USER and REGISTRY_TOKEN. The digests are for the stack file, which a pull request changes:
# they are printed, and written to the job's summary. Later steps get the name and the digest of the broker's image.
set -euo pipefail
stack=$1
repository=${2,,} # registries take lower case only
file="Pulumi.$stack.yaml"

docker login "${repository%%/*}" --username "$REGISTRY_USER" --password-stdin <<<"$REGISTRY_TOKEN"
trap 'docker logout "${repository%%/*}" >/dev/null' EXIT
said=$(npm run --silent image -- --stack "$stack" --push "$repository")
echo "$said"
if [[ -n ${GITHUB_OUTPUT:-} ]]; then
  # Of each image that was pushed, a line begins with its whole name.
  reference=$(grep -o "^[^ ]*/broker@[^ ]*" <<<"$said" || true)
  [[ $reference =~ ^(.+)@(sha256:[0-9a-f]{64})$ ]] || {
    echo "error: \"$reference\" names no image by digest; wanted what kafka-platform image --push prints of the broker's" >&2
    exit 1
  }
  printf 'name=%s\ndigest=%s\n' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" >>"$GITHUB_OUTPUT"
fi

change=$(git diff -- "$file")
if [[ -z $change ]]; then
  echo "$file already names these images"
elif [[ -n ${GITHUB_STEP_SUMMARY:-} ]]; then
  printf 'Apply this to use the image:\n\n```diff\n%s\n```\n' "$change" >>"$GITHUB_STEP_SUMMARY"
fi
