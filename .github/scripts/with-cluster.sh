#!/usr/bin/env bash
# Runs a command with the kubeconfig of KUBE_CONFIG, in a file that goes with it: with-cluster.sh COMMAND …
set -euo pipefail
: "${KUBE_CONFIG:?holds no kubeconfig: set the secret KUBE_CONFIG of the environment}"
KUBECONFIG=$(mktemp)
export KUBECONFIG
trap 'rm -f "$KUBECONFIG"' EXIT
printf '%s\n' "$KUBE_CONFIG" >"$KUBECONFIG"
unset KUBE_CONFIG
"$@"
