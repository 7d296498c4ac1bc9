# How a node with a new disk joins the controller quorum. Sourced by entrypoint.sh, after exporter.sh.
#
# standalone  one controller, which forms the quorum alone.
# dynamic     first that holds:
#             1. a peer knows a leader: join its quorum. With controller.quorum.auto.join.enable the
#                node becomes a voter under a directory id of its own, and its former one is dropped.
#             2. the cluster has been formed before, or this node was never meant to form it: wait.
#                Two nodes with empty disks would form a second cluster and lose the first one's records.
#             3. form the quorum, with the voters that all its nodes are told of.
#             A peer that merely answers proves nothing: it may be as new as this node.
#
# Env  INITIAL_CONTROLLERS  ID@HOST:PORT:DIRECTORY_ID, separated by commas (dynamic)
#      PEERS, METRICS_PORT  see exporter.sh (dynamic)

check_quorum_settings() {
  case ${QUORUM_MODE:-} in
    standalone) ;;
    dynamic)
      local controller='[0-9]+@[^@:,]+:[0-9]+:[A-Za-z0-9_-]{22}'
      [[ ${INITIAL_CONTROLLERS:-} =~ ^$controller(,$controller)*$ ]] ||
        fail "INITIAL_CONTROLLERS is \"${INITIAL_CONTROLLERS:-}\"; wanted: ID@HOST:PORT:DIRECTORY_ID, separated by commas."
      [[ -n ${PEERS:-} ]] || fail "PEERS is empty; wanted: the hosts of all nodes, separated by commas."
      [[ -n ${CLUSTER_ID:-} ]] || fail "CLUSTER_ID is empty; QUORUM_MODE dynamic needs it, the same on every node."
      ;;
    *)
      fail "QUORUM_MODE is \"${QUORUM_MODE:-}\"; wanted: standalone (one controller, which forms the quorum alone)" \
        "or dynamic (a quorum of several)."
      ;;
  esac
}

# Sets quorum_argument for the storage tool. May wait for as long as there is no leader.
choose_quorum() {
  if [[ $QUORUM_MODE == standalone ]]; then
    quorum_argument=--standalone
    return
  fi
  local reason told=-10
  while true; do
    scrape_all "$RAFT_STATE" "$RAFT_LEADER"
    if leader_is_known; then
      say "a peer knows a leader: joining its quorum"
      quorum_argument=--no-initial-controllers
      return
    fi
    if [[ -e $formed ]]; then
      reason="this disk is empty, and the cluster was formed before"
    elif ! is_initial_controller; then
      reason="this node is none of INITIAL_CONTROLLERS"
    else
      say "no peer knows a leader, and the cluster is new: forming the quorum"
      quorum_argument=--initial-controllers=$INITIAL_CONTROLLERS
      return
    fi
    if ((SECONDS - told >= 10)); then
      told=$SECONDS
      say "waiting for a controller quorum with a leader, to join it: $reason ($(peer_states))"
    fi
    # In the background, so that SIGTERM is heard at once.
    sleep 2 &
    wait $!
  done
}

# A candidate may still name the leader it has lost: only these states vouch for one.
leader_is_known() {
  local node
  for node in "${nodes[@]}"; do
    case $(raft_state "$node") in
      leader) return 0 ;;
      follower | observer) [[ $(gauge "$node" "$RAFT_LEADER") != [0-9]* ]] || return 0 ;;
    esac
  done
  return 1
}

is_initial_controller() {
  local id
  id=$(property "$config" node.id)
  [[ ,$INITIAL_CONTROLLERS == *",$id@"* ]]
}

# One clause per peer, for the log.
peer_states() {
  local node state clauses=""
  for node in "${nodes[@]:1}"; do
    state=$(raft_state "$node")
    if [[ -z ${answers[$node]} ]]; then clauses+=", $node does not answer"; else
      clauses+=", $node is ${state:-starting} and knows no leader"
    fi
  done
  echo "${clauses#, }"
}
