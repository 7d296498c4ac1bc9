#!/bin/bash
# Starts one Kafka node: formats its disk if it is new, then becomes the broker's JVM.
#
# Files   /etc/kafka-platform/broker.properties   the node's configuration, without secrets
#         /etc/kafka-platform/node-N.properties   what differs by node, laid over it where the host's
#                                                 name ends in -N
#         /etc/kafka-platform/secrets/KEY         one file per secret; referred to as
#                                                 ${dir:/etc/kafka-platform/secrets:KEY}
#         /etc/kafka-platform/secrets/scram-users SCRAM credentials to format with, one a line:
#                                                 SCRAM-SHA-512=[name=…,iterations=…,password=…]
#         /etc/kafka-platform/cluster/formed      there once the cluster has been formed (dynamic)
# Volume  /var/lib/kafka/data                     log.dirs is a folder inside it
# Env     QUORUM_MODE     how a new disk joins the controller quorum: standalone, or dynamic, which
#                         quorum.sh explains with its variables INITIAL_CONTROLLERS and PEERS
#         CLUSTER_ID      cluster id; empty (standalone only): made when the disk is formatted, and
#                         kept by the disk
#         METADATA_VERSION  metadata version of a cluster that is new, such as 4.3; empty: Kafka's own
#         METRICS_PORT    port of the metrics, default 9404
#         KAFKA_HEAP_OPTS heap of the broker, default -Xms1g -Xmx1g
#         KAFKA_OPTS      further JVM options
# Ports   those of the listeners, and METRICS_PORT
set -euo pipefail
umask 077

readonly folder=/etc/kafka-platform
readonly secrets=$folder/secrets
readonly formed=$folder/cluster/formed
readonly volume=/var/lib/kafka/data
here=$(dirname "${BASH_SOURCE[0]}")
readonly here
config=$folder/broker.properties

say() { echo "entrypoint: $*"; }
fail() {
  echo "entrypoint: $*" >&2
  exit 1
}

# property FILE KEY: the last value given to KEY in a properties file, or nothing.
property() { sed -n "s/^[[:space:]]*${2//./\\.}[[:space:]]*=[[:space:]]*//p" "$1" | tail -n 1; }

source "$here/java.sh"
source "$here/checks.sh"
source "$here/exporter.sh"
source "$here/quorum.sh"
source "$here/format.sh"

# Process 1 has no default for SIGTERM: without this a stop would wait for the kill.
trap 'exit 143' TERM

# Sets config: the node's own properties come after the common ones, and the last value counts.
lay_node_properties_over() {
  [[ $HOSTNAME =~ -([0-9]+)$ ]] || return 0
  local node=$folder/node-${BASH_REMATCH[1]}.properties
  [[ -e $node ]] || return 0
  [[ -r $node ]] || fail "$node is not readable by uid $(id -u)."
  { cat "$config" && echo && cat "$node"; } >/tmp/broker.properties
  config=/tmp/broker.properties
}

check_mounts
lay_node_properties_over
check_log_directory
check_secrets
check_certificates
check_quorum_settings
case $(disk_state) in
  formatted)
    check_cluster_id
    check_fingerprint
    ;;
  new)
    [[ -r $secrets/scram-users ]] || fail "$secrets/scram-users is missing or not readable by uid $(id -u)."
    choose_quorum
    format_disk
    ;;
  foreign) fail "$log_dir holds files but no meta.properties: no broker's disk. Nothing was changed." ;;
esac

# See archive.sh.
archive=()
[[ ! -r $here/broker.jsa ]] || archive=(-XX:SharedArchiveFile="$here/broker.jsa")

# shellcheck disable=SC2086 # both variables hold several options
exec java ${KAFKA_HEAP_OPTS:--Xms1g -Xmx1g} "${BROKER_OPTIONS[@]}" "${archive[@]}" \
  -Dlog4j2.configurationFile=$here/log4j2.properties \
  -javaagent:$here/jmx_prometheus_javaagent.jar=${METRICS_PORT:-9404}:$here/jmx-exporter.yml \
  ${KAFKA_OPTS:-} kafka.Kafka $config
