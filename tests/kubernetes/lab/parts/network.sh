# shellcheck shell=bash
# The bridge of node and pods, and the packet rules that keep its traffic on this machine; sourced.
CHAIN=K8S-LAB

network_up() {
  ip link show "$BRIDGE" >/dev/null 2>&1 || ip link add "$BRIDGE" type bridge
  ip address replace "$NODE_ADDRESS/${POD_RANGE#*/}" dev "$BRIDGE"
  ip link set "$BRIDGE" up
  ip route replace "$SERVICE_RANGE" dev "$BRIDGE" src "$NODE_ADDRESS"
  # Services are addresses that only packet rules know; frames between pods must pass them too.
  sysctl -qw net.ipv4.ip_forward=1 net.bridge.bridge-nf-call-iptables=1
  # The table raw comes first: whatever other rules allow, only this machine and its pods reach node, pods and services.
  own_chain raw PREROUTING
  rule raw -i lo -j RETURN
  rule raw -i "$BRIDGE" -j RETURN
  rule raw -d "$POD_RANGE" -j DROP
  rule raw -d "$SERVICE_RANGE" -j DROP
  # Pods reach pods, where a Docker daemon's default is to drop, and nothing else.
  own_chain filter FORWARD
  rule filter -i "$BRIDGE" -o "$BRIDGE" -j ACCEPT
  rule filter -i "$BRIDGE" -j REJECT
}

# Makes our chain in a table and jumps to it first from another.
own_chain() { # TABLE FROM
  iptables --wait -t "$1" -N "$CHAIN" 2>/dev/null || true
  iptables --wait -t "$1" -C "$2" -j "$CHAIN" 2>/dev/null || iptables --wait -t "$1" -I "$2" -j "$CHAIN"
}

rule() { # TABLE RULE...
  local table=$1
  shift
  iptables --wait -t "$table" -C "$CHAIN" "$@" 2>/dev/null || iptables --wait -t "$table" -A "$CHAIN" "$@"
}

network_down() {
  [[ ! -x $BIN/kube-proxy ]] || "$BIN/kube-proxy" --cleanup >>"$LOG/kube-proxy.log" 2>&1 || true
  local table
  for table in raw filter nat mangle; do remove_chains "$table"; done
  ip link delete "$BRIDGE" 2>/dev/null || true
}

# Removes our chain and what kubelet and kube-proxy leave behind, with the jumps to them. Repeated: a change by
# somebody else at the same moment (Docker, say) can make iptables-restore skip a part without a word.
remove_chains() { # TABLE
  local ours="($CHAIN|KUBE-[A-Z0-9-]+)" rules attempt
  for attempt in 1 2 3 4 5; do
    rules=$(iptables-save -t "$1")
    grep -qE "^:$ours " <<<"$rules" || return 0
    ((attempt == 1)) || sleep 0.5
    {
      echo "*$1"
      grep -E "^-A [A-Z_-]+ .*-j $ours( |\$)" <<<"$rules" | grep -vE "^-A $ours " | sed 's/^-A/-D/' || true
      sed -nE "s/^:$ours .*/-F \1/p" <<<"$rules"
      sed -nE "s/^:$ours .*/-X \1/p" <<<"$rules"
      echo COMMIT
    } | iptables-restore --noflush --wait || true
  done
  die "Packet rules of the lab are left in the table $1; see them: iptables-save -t $1"
}
