#!/usr/bin/env bash
# Starts the lab, building it at first use; starts again whatever part has died; changes nothing when all is well.
set -euo pipefail
# shellcheck source=settings.sh
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
for part in configuration network pause-image pki processes servers; do
  # shellcheck source=/dev/null
  source "$LAB/parts/$part.sh"
done

"$LAB/prerequisites.sh" "$@"
lock
"$LAB/build.sh"
SECONDS=0

# Pods lose their links with the bridge; only new pods get new ones.
if is_running kubelet && ! ip link show "$BRIDGE" >/dev/null 2>&1; then
  say "the bridge $BRIDGE is gone: stopping what hung on it"
  "$LAB/down.sh" --locked
fi

mkdir -p "$RUN" "$LOG" "$DATA/etcd" "$DATA/volumes" "$DATA/volume-plugins"
chmod 700 "$DATA/etcd"
write_configuration
make_pki
network_up

start_containerd
start_etcd
start_apiserver
wait_for containerd lab_ctr version
import_pause_image
wait_for kube-apiserver lab_kubectl get --raw /readyz
lab_kubectl apply --filename "$CONF/objects" >/dev/null
start_controllers
start_scheduler
start_kubelet
start_proxy
start_dns
start_volumes
wait_for kube-proxy curl -fs http://127.0.0.1:10256/livez
wait_for coredns curl -fs http://127.0.0.1:18181/ready
wait_for kubelet lab_kubectl wait --for=condition=Ready "node/$NODE" --timeout=10s
wait_for kube-controller-manager lab_kubectl --namespace default get serviceaccount default
say "up: export KUBECONFIG=$KUBECONFIG_FILE"
