#!/bin/bash
# May another broker be taken away? Exit 0 or 1, with the reasons in one line.
#
# Asked of the whole cluster, because a broker that cannot replicate looks healthy by itself: only the
# leaders of its partitions know. Ready means that this broker runs, that its controller is a voter
# with a leader (or, on a node that is no controller, that it follows the quorum), and that every node
# answers and leads no under-replicated partition.
#
# Env  PEERS, METRICS_PORT  see exporter.sh
#      INITIAL_CONTROLLERS  see quorum.sh; a node that is none of them is a broker only
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/exporter.sh"

if [[ -z ${PEERS:-} ]]; then
  echo "PEERS is empty; wanted: the hosts of all nodes, separated by commas"
  exit 1
fi
scrape_all "$BROKER_STATE" "$RAFT_STATE" "$UNDER_REPLICATED"

reasons=""
because() { reasons+="; $1: $2"; }

if reason=$(why_not_running "$HOSTNAME"); then
  because "$HOSTNAME" "$reason"
else
  state=$(raft_state "$HOSTNAME")
  if [[ ,${INITIAL_CONTROLLERS:-} == *",${HOSTNAME##*-}@"* ]]; then
    [[ $state == leader || $state == follower ]] ||
      because "$HOSTNAME" "its controller is ${state:-starting}, not leader or follower"
  else
    [[ $state == observer ]] || because "$HOSTNAME" "it is ${state:-starting}, not an observer of the quorum"
  fi
fi
for node in "${nodes[@]}"; do
  # This node is the first: if it is not well, that has been said.
  [[ $node != "$HOSTNAME" || -z $reasons ]] || continue
  count=$(gauge "$node" "$UNDER_REPLICATED")
  if [[ -z ${answers[$node]} ]]; then
    because "$node" "$NO_ANSWER"
  elif [[ -z $count ]]; then
    because "$node" "still starting"
  elif ((count > 0)); then
    because "$node" "$count under-replicated partitions"
  fi
done

if [[ -n $reasons ]]; then
  echo "${reasons#; }"
  exit 1
fi
echo "$HOSTNAME: ready; ${#nodes[@]} nodes without under-replicated partitions"
