#!/usr/bin/env bash
# Says what this machine lacks for the lab, one line each. `--install` installs the missing Debian packages first.
set -euo pipefail
# shellcheck source=settings.sh
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
# shellcheck source=parts/go.sh
source "$LAB/parts/go.sh"

lacking=0
lacks() {
  echo "The Kubernetes lab needs $*" >&2
  lacking=1
}

[[ $(uname -s) == Linux ]] || die "The Kubernetes lab needs Linux; this is $(uname -s). Set KUBECONFIG to test on a cluster of yours."
((EUID == 0)) || die "The Kubernetes lab needs root: it makes a bridge, mounts and containers. Set KUBECONFIG to test on a cluster of yours."

declare -A package_of=(
  [containerd]=containerd [ctr]=containerd [runc]=runc [iptables]=iptables [ip]=iproute2
  [openssl]=openssl [curl]=curl [sysctl]=procps
)
CNI_PLUGINS=/usr/lib/cni
missing=()
for program in "${!package_of[@]}"; do
  command -v "$program" >/dev/null || missing+=("${package_of[$program]}")
done
[[ -x $CNI_PLUGINS/bridge && -x $CNI_PLUGINS/host-local ]] || missing+=(containernetworking-plugins)
mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort --unique | sed '/^$/d')

if [[ ${1:-} == --install && ${#missing[@]} -gt 0 ]]; then
  echo "installing ${missing[*]} by apt-get"
  apt-get -qq -o DPkg::Lock::Timeout=300 update
  DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 \
    --no-install-recommends install "${missing[@]}" >/dev/null
  missing=()
fi
for package in "${missing[@]}"; do
  lacks "the Debian package $package: apt-get install --no-install-recommends $package"
done

[[ -e /sys/fs/cgroup/cgroup.controllers || -d /sys/fs/cgroup/memory && -d /sys/fs/cgroup/pids ]] ||
  lacks "control groups with the controllers memory and pids mounted at /sys/fs/cgroup."
[[ -d /proc/sys/net/bridge ]] || modprobe br_netfilter 2>/dev/null ||
  lacks "the kernel module br_netfilter, which cannot be loaded here."
find_go >/dev/null || lacks "Go $GO_WANTED or newer on the PATH or in /usr/local/go: it is built from Go modules."
exit "$lacking"
