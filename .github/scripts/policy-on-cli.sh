#!/usr/bin/env bash
# The policies on the Pulumi CLI, with a state that lives as long as this job: policy-on-cli.sh STACK
set -euo pipefail
stack=$1
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT
PULUMI_CONFIG_PASSPHRASE=$(openssl rand -hex 16)
export PULUMI_CONFIG_PASSPHRASE PULUMI_BACKEND_URL="file://$state"

pulumi stack init "$stack" --non-interactive
openssl rand -hex 32 | pulumi config set --secret stackSecret --stack "$stack" --non-interactive
npm run --silent pulumi -- preview --stack "$stack" --policy-pack policy --non-interactive
