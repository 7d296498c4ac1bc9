#!/usr/bin/env bash
# Builds the lab's programs from Go modules into $K8S_LAB_HOME/bin, unless what is there was built from these sources.
set -euo pipefail
# shellcheck source=settings.sh
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
# shellcheck source=parts/go.sh
source "$LAB/parts/go.sh"

PROGRAMS=(coredns etcd kube-apiserver kube-controller-manager kube-proxy kube-scheduler kubectl kubelet local-volumes)

sources=$(cd "$LAB" && find build.sh programs -type f -print0 | sort --zero-terminated | xargs -0 sha256sum)
[[ $(cat "$BIN/built-from" 2>/dev/null) == "$sources" ]] && exit 0

go=$(find_go) || die "The Kubernetes lab needs Go $GO_WANTED or newer on the PATH or in /usr/local/go."
echo "building Kubernetes $KUBERNETES_VERSION (minutes the first time, then seconds)"
mkdir -p "$BIN"
# What a release is called is not in its sources; kubectl, clients and the node's own report ask for it.
linker="-s -w"
for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
  linker+=" -X $package.gitVersion=v$KUBERNETES_VERSION -X $package.gitTreeState=clean"
  linker+=" -X $package.gitMajor=1 -X $package.gitMinor=$(cut -d. -f2 <<<"$KUBERNETES_VERSION")"
done
build() { # PACKAGE OUTPUT
  CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS='' \
    nice -n 5 "$go" -C "$LAB/programs" build -trimpath -buildvcs=false -ldflags "$linker" -o "$BIN/$2.new" "./$1"
  mv "$BIN/$2.new" "$BIN/$2"
}
build pause pause
build . lab
for program in "${PROGRAMS[@]}"; do ln -sf lab "$BIN/$program"; done
echo "$sources" >"$BIN/built-from"
