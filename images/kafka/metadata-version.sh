#!/bin/bash
# Raises the version of the cluster's metadata; never lowers it, because what was written since could be
# lost. Run it after all brokers run the new Kafka. Changes nothing when the version is there already.
#
# Only metadata.version is raised: a release's other features, kraft.version among them, change the
# cluster in ways that are decided one by one.
#
# Usage  metadata-version.sh RELEASE      such as 4.3
# Env    BOOTSTRAP_SERVER                 a broker
# Files  /etc/kafka-platform/admin/client.properties   login of the admin
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/admin-tools.sh"

readonly release=${1:-}
[[ $release =~ ^[0-9]+\.[0-9]+$ ]] || refuse "the release is \"$release\"; wanted: two numbers such as 4.3."

# "metadata.version=30 (4.3)". Before 4.3 the tool wants a connection, which it does not use.
number_of() {
  admin kafka-features.sh version-mapping --release-version "$1" | sed -n 's/^metadata\.version=\([0-9]*\).*/\1/p'
}
wanted=$(number_of "$release")
[[ -n $wanted ]] || refuse "this Kafka knows no release $release: give the brokers a newer image first."

# "Feature: metadata.version  SupportedMinVersion: …  FinalizedVersionLevel: 30  Epoch: …", where newer
# tools print 4.3-IV0 for 30.
finalized() {
  admin kafka-features.sh describe |
    sed -n 's/^Feature: metadata\.version.*FinalizedVersionLevel: \([^[:space:]]*\).*/\1/p'
}
level_of() {
  if [[ $1 =~ ^[0-9]+$ ]]; then echo "$1"; else number_of "$1"; fi
}

is=$(level_of "$(finalized)")
[[ -n $is ]] || fail "the cluster does not say which version its metadata has."
if ((is > wanted)); then
  refuse "the metadata has version $is, and $release is $wanted: it is never lowered." \
    "Set cluster.metadataVersion to what the cluster has."
fi
if ((is == wanted)); then
  say "the metadata has version $is ($release) already"
  exit 0
fi
admin kafka-features.sh upgrade --feature "metadata.version=$wanted"
[[ $(level_of "$(finalized)") == "$wanted" ]] || fail "the version is still $(finalized)."
say "the metadata has version $wanted ($release); before: $is"
