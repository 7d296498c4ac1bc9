#!/bin/bash
# Makes the cluster forget a broker that has left. Changes nothing when it is forgotten already; refuses
# one that runs, or that a partition still counts on.
#
# Usage  unregister-broker.sh NUMBER
# Env    BOOTSTRAP_SERVER   another broker
# Files  /etc/kafka-platform/admin/client.properties   login of the admin
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/admin-tools.sh"

readonly broker=${1:-}
[[ $broker =~ ^[0-9]+$ ]] || refuse "the broker is \"$broker\"; wanted: its number."

# Kafka itself would forget a broker that still has replicas, and with them where they were.
holding=$(admin kafka-topics.sh --describe |
  grep -cE "Replicas: ([0-9]+,)*$broker(,|[[:space:]]|\$)" || true)
((holding == 0)) ||
  refuse "broker $broker is a replica of $holding partitions: bring it back, move them, and let it leave again."

if output=$(admin kafka-cluster.sh unregister --id "$broker" 2>&1); then
  say "broker $broker is no longer part of the cluster"
elif [[ $output == *BrokerIdNotRegistered* || $output == *"is not currently registered"* || $output == *"not registered"* ]]; then
  say "broker $broker is not part of the cluster"
else
  fail "broker $broker could not be unregistered: $(tail -n 3 <<<"$output")"
fi
