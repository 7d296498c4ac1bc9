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
  # raw comes first: nobody but this machine and its pods gets at nodes, pods and services, whatever others allow.
  # filter: pods reach pods (a Docker daemon's default is to drop), and nothing else.
  iptables-restore --noflush --wait <<RULES
*raw
:$CHAIN - [0:0]
-A $CHAIN -i lo -j RETURN
-A $CHAIN -i $BRIDGE -j RETURN
-A $CHAIN -d $POD_RANGE -j DROP
-A $CHAIN -d $SERVICE_RANGE -j DROP
COMMIT
*filter
:$CHAIN - [0:0]
-A $CHAIN -i $BRIDGE -o $BRIDGE -j ACCEPT
-A $CHAIN -i $BRIDGE -j REJECT
COMMIT
RULES
  iptables --wait -t raw -C PREROUTING -j "$CHAIN" 2>/dev/null || iptables --wait -t raw -I PREROUTING -j "$CHAIN"
  iptables --wait -C FORWARD -j "$CHAIN" 2>/dev/null || iptables --wait -I FORWARD -j "$CHAIN"
}

network_down() {
  [[ ! -x $BIN/kube-proxy ]] || "$BIN/kube-proxy" --cleanup >>"$LOG/kube-proxy.log" 2>&1 || true
  local table
  for table in raw filter nat mangle; do remove_chains "$table"; done
  ip link delete "$BRIDGE" 2>/dev/null || true
}

# Removes our chain and what kubelet and kube-proxy leave behind, with the jumps to them.
remove_chains() { # TABLE
  local ours="($CHAIN|KUBE-[A-Z0-9-]+)" rules
  rules=$(iptables-save -t "$1")
  {
    echo "*$1"
    grep -E "^-A [A-Z_-]+ .*-j $ours( |\$)" <<<"$rules" | grep -vE "^-A $ours " | sed 's/^-A/-D/' || true
    sed -nE "s/^:$ours .*/-F \1/p" <<<"$rules"
    sed -nE "s/^:$ours .*/-X \1/p" <<<"$rules"
    echo COMMIT
  } | iptables-restore --noflush --wait
}
