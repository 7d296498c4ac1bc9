#!/usr/bin/env bash
# Plans a deployment, judged by the policies, and saves the plan: plan.sh STACK FILE
set -euo pipefail
npm run --silent pulumi -- preview --stack "$1" --refresh --diff --non-interactive \
  --policy-pack policy --save-plan "$2"
