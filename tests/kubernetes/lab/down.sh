#!/usr/bin/env bash
# Stops the lab: no process, mount, bridge or packet rule is left. Its objects, images and volumes stay for the next
# up.sh; `--wipe` removes them too, and keeps the built programs.
set -euo pipefail
# shellcheck source=settings.sh
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
for part in network pods processes; do
  # shellcheck source=/dev/null
  source "$LAB/parts/$part.sh"
done

((EUID == 0)) || die "down.sh needs root, as up.sh did."
[[ -d $LAB_HOME ]] || exit 0
# Called by up.sh, which holds the lock.
[[ ${1:-} == --locked ]] || lock
mkdir -p "$LOG" "$RUN"

stop 10 kubelet kube-proxy coredns local-volumes kube-controller-manager kube-scheduler
stop_pods 15
# The API server would wait a minute for watchers; it keeps nothing itself.
stop 3 kube-apiserver
stop 10 etcd containerd
unmount_all
remove_cgroups
network_down
find /var/log/containers -lname "$LAB_HOME/*" -delete 2>/dev/null || true
rm -rf "$RUN"
[[ ${1:-} != --wipe ]] || rm -rf "$CONF" "$DATA" "$LOG" "$PKI" "$KUBECONFIG_FILE"
