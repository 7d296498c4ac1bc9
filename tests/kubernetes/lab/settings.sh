# shellcheck shell=bash disable=SC2034
# Names, addresses and folders of the lab; sourced by its scripts.
LAB=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
LAB_HOME=${K8S_LAB_HOME:-/var/lib/kafka-platform-lab}
BIN=$LAB_HOME/bin CONF=$LAB_HOME/conf DATA=$LAB_HOME/data LOG=$LAB_HOME/log PKI=$LAB_HOME/pki RUN=$LAB_HOME/run
CONTAINERD_SOCKET=$RUN/containerd.sock
KUBECONFIG_FILE=$LAB_HOME/kubeconfig

KUBERNETES_VERSION=1.33.13
NODE=lab BRIDGE=k8s0
NODE_ADDRESS=10.244.0.1 POD_RANGE=10.244.0.0/24
SERVICE_RANGE=10.96.0.0/16 API_SERVICE_ADDRESS=10.96.0.1
PAUSE_IMAGE=docker.io/kafka-platform-lab/pause:1

# Ordinary users and minimal environments lack the folders of system programs.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

die() {
  echo "$*" >&2
  exit 1
}

say() { printf '%4d s  %s\n' "$SECONDS" "$*"; }

# The folder is deleted by a wipe, and its path is written into configuration and compared with command lines.
[[ $LAB_HOME =~ ^(/[A-Za-z0-9._-]+){2,}$ && ${#LAB_HOME} -le 60 && $LAB_HOME != *..* ]] ||
  die "K8S_LAB_HOME is \"$LAB_HOME\"; wanted: an absolute path below a folder, of letters, digits and ._- only, at most 60 long."
[[ $LAB_HOME/ != "${LAB%/tests/kubernetes/lab}"/* ]] ||
  die "K8S_LAB_HOME is \"$LAB_HOME\", inside the checkout; wanted: a folder outside of it."

# The lab's own containerd, in the namespace that the kubelet uses.
lab_ctr() { ctr --address "$CONTAINERD_SOCKET" --namespace k8s.io "$@"; }
lab_kubectl() { "$BIN/kubectl" --kubeconfig "$KUBECONFIG_FILE" "$@"; }
# One change of the lab at a time; the lock goes with the process that holds it.
lock() {
  mkdir -p "$LAB_HOME"
  exec 9>"$LAB_HOME/lock"
  flock 9
}
