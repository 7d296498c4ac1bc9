#!/bin/bash
# Has this broker started? Exit 0 or 1, with the reason in one line. Starting includes the recovery of
# its log, which may take tens of minutes after a crash.
#
# Env  METRICS_PORT  see exporter.sh
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/exporter.sh"

PEERS="" scrape_all "$BROKER_STATE"
if reason=$(why_not_running "$HOSTNAME"); then
  echo "$HOSTNAME: $reason"
  exit 1
fi
echo "$HOSTNAME: running"
