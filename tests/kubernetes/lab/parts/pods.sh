# shellcheck shell=bash
# What runs in pods; sourced. A pod's processes are children of its shim, which outlives kubelet and containerd.

shims() { # prints process ids
  pgrep -f -- "^[^ ]*containerd-shim-runc-v2 .*-address $CONTAINERD_SOCKET" || true
}

in_pods() { # prints process ids
  local shim
  for shim in $(shims); do pgrep --parent "$shim" || true; done
}

# Ends every pod's processes, asked first; works without containerd too. The API server keeps the pods: they come back.
stop_pods() { # SECONDS
  local pids left
  mapfile -t left < <(sockets)
  mapfile -t pids < <(in_pods)
  if ((${#pids[@]} > 0)); then
    kill "${pids[@]}" 2>/dev/null || true
    wait_gone "$1" "${pids[@]}"
    kill -KILL "${pids[@]}" 2>/dev/null || true
  fi
  forget_containers
  mapfile -t pids < <(shims)
  wait_gone 2 "${pids[@]}"
  ((${#pids[@]} == 0)) || kill -KILL "${pids[@]}" 2>/dev/null || true
  wait_gone 5 "${pids[@]}"
  ((${#left[@]} == 0)) || rm -f "${left[@]}"
}

# Prints the sockets of the shims: in the one folder that every containerd of the machine uses, and left there.
sockets() {
  find "$RUN/containerd" -path '*/k8s.io/*' -name address -exec grep -oh '/[^/].*' {} + 2>/dev/null || true
}

# With their records gone the kubelet makes new containers at once, instead of taking the dead ones apart first.
forget_containers() {
  is_running containerd || return 0
  local container
  for container in $(lab_ctr containers list --quiet); do
    lab_ctr tasks remove --force "$container" >/dev/null 2>&1 || true
    lab_ctr containers remove "$container" >/dev/null 2>&1 || true
  done
}

# Mounts of volumes, network namespaces and containers, the deepest first.
unmount_all() {
  local mount
  awk -v home="$LAB_HOME/" 'index($2, home) == 1 { print $2 }' /proc/mounts | sort --reverse |
    while read -r mount; do umount --lazy "$mount"; done
}

# The kubelet's control groups are empty once the pods' processes are gone.
remove_cgroups() {
  find /sys/fs/cgroup -depth -type d -path '*/kubepods*' -exec rmdir {} + 2>/dev/null || true
}
