# What the JMX exporters of the cluster's nodes say, asked by bash alone. Sourced.
#
# Env  PEERS         hosts of all nodes, this one included, separated by commas
#      METRICS_PORT  port of every exporter, default 9404
#      SCRAPE_SECONDS  how long an exporter may take to answer, default 2

readonly BROKER_STATE=kafka_server_kafkaserver_brokerstate
readonly UNDER_REPLICATED=kafka_server_replicamanager_underreplicatedpartitions
readonly RAFT_STATE=kafka_server_raft_metrics_current_state
readonly RAFT_LEADER=kafka_server_raft_metrics_current_leader
readonly NO_ANSWER="its exporter does not answer"

# scrape HOST METRIC…: these metrics of a node as Prometheus text; nothing when it does not answer
# completely in time. A name that does not resolve is no answer: the pod may not exist.
scrape() {
  local host=$1 query answer
  shift
  printf -v query '&name%%5B%%5D=%s' "$@"
  answer=$(timeout "${SCRAPE_SECONDS:-2}" bash -c '
    exec 3<>"/dev/tcp/$0/$1" || exit
    printf "GET /metrics?%s HTTP/1.0\r\nHost: %s\r\n\r\n" "$2" "$0" >&3
    read -r _ status _ <&3 && [[ $status == 200 ]] && cat <&3' \
    "$host" "${METRICS_PORT:-9404}" "${query#&}" 2>/dev/null) && echo "$answer"
}

# scrape_all METRIC…: asks this node and its peers at once. Sets nodes, this one first, and
# answers[NODE], which is empty where there was no answer.
declare -A answers=()
nodes=()
scrape_all() {
  local node peer fd
  local -A pending=()
  nodes=("$HOSTNAME")
  exec {fd}< <(scrape 127.0.0.1 "$@")
  pending[$HOSTNAME]=$fd
  for peer in ${PEERS//,/ }; do
    node=$(node_name "$peer")
    [[ $node != "$HOSTNAME" ]] || continue
    nodes+=("$node")
    exec {fd}< <(scrape "$peer" "$@")
    pending[$node]=$fd
  done
  for node in "${nodes[@]}"; do
    fd=${pending[$node]}
    answers[$node]=$(cat <&"$fd")
    exec {fd}<&-
  done
}

# node_name HOST: its first label; an address stays whole.
node_name() { if [[ $1 == *[a-z]* ]]; then echo "${1%%.*}"; else echo "$1"; fi; }

# gauge NODE METRIC: its value as a whole number, or nothing.
gauge() {
  [[ ${answers[$1]} =~ (^|$'\n')"$2 "(-?[0-9]+) ]] || return 0
  echo "${BASH_REMATCH[2]}"
}

# raft_state NODE: leader, follower, observer, candidate, prospective, unattached …, or nothing.
raft_state() {
  [[ ${answers[$1]} =~ $RAFT_STATE\{state=\"([a-z-]+)\" ]] || return 0
  echo "${BASH_REMATCH[1]}"
}

# why_not_running NODE: prints why its broker does not run (BrokerState 3 is running); fails if it does.
why_not_running() {
  local state
  state=$(gauge "$1" "$BROKER_STATE")
  [[ $state != 3 ]] || return 1
  if [[ -z ${answers[$1]} ]]; then
    echo "$NO_ANSWER"
    return
  fi
  case $state in
    "" | 0 | 1) echo "still starting" ;;
    2) echo "recovering its log" ;;
    6 | 7) echo "shutting down" ;;
    *) echo "not running (BrokerState $state)" ;;
  esac
}
