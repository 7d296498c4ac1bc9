#!/usr/bin/env bash
# Refuses to deploy a broker image that the workflow `image` of this repository has not built: verify-image.sh STACK
#
# Asks GitHub for the attestation of the image that the stack file names. Wants GH_TOKEN and GITHUB_REPOSITORY.
# An image of another registry is not looked at: it is told, since nothing is known of it.
set -euo pipefail
file="Pulumi.$1.yaml"

image=$(sed -n 's/^ *image: *\([^ #]*@sha256:[0-9a-f]\{64\}\) *\(#.*\)\{0,1\}$/\1/p' "$file" | grep '/broker@' || true)
case $image in
  '')
    echo "error: $file names no broker image by digest; kafka-platform image --push writes it" >&2
    exit 1
    ;;
  "ghcr.io/${GITHUB_REPOSITORY,,}/broker@"*)
    # gh asks the registry with the login of Docker's own file.
    DOCKER_CONFIG=$(umask 077 && mktemp -d)
    export DOCKER_CONFIG
    trap 'rm -rf "$DOCKER_CONFIG"' EXIT
    printf '{"auths":{"ghcr.io":{"auth":"%s"}}}' "$(printf 'token:%s' "$GH_TOKEN" | base64 -w 0)" \
      >"$DOCKER_CONFIG/config.json"
    gh attestation verify "oci://$image" --repo "$GITHUB_REPOSITORY" \
      --signer-workflow "$GITHUB_REPOSITORY/.github/workflows/image.yml"
    ;;
  *) echo "warning: $image was not built by this repository's workflow: its origin is not verified" ;;
esac
