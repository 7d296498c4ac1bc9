#!/bin/bash
# Starts one Kafka node: formats its disk if it is new, then becomes the broker's JVM.
#
# Files   /etc/kafka-platform/broker.properties   the node's configuration, without secrets
#         /etc/kafka-platform/secrets/KEY         one file per secret; referred to as
#                                                 ${dir:/etc/kafka-platform/secrets:KEY}
#         /etc/kafka-platform/secrets/scram-users SCRAM credentials to format with, one a line:
#                                                 SCRAM-SHA-512=[name=…,iterations=…,password=…]
# Volume  /var/lib/kafka/data                     log.dirs is a folder inside it
# Env     QUORUM_MODE     how a new disk joins the controller quorum: standalone
#         CLUSTER_ID      cluster id; empty: made when the disk is formatted, and kept by the disk
#         KAFKA_HEAP_OPTS heap of the broker, default -Xms1g -Xmx1g
#         KAFKA_OPTS      further JVM options
# Ports   those of the listeners, and 9404 for metrics
set -euo pipefail
umask 077

readonly config=/etc/kafka-platform/broker.properties
readonly secrets=/etc/kafka-platform/secrets
readonly volume=/var/lib/kafka/data
readonly here=/opt/kafka-platform

say() { echo "entrypoint: $*"; }
fail() {
  echo "entrypoint: $*" >&2
  exit 1
}

# property FILE KEY: the last value given to KEY in a properties file, or nothing.
property() { sed -n "s/^[[:space:]]*${2//./\\.}[[:space:]]*=[[:space:]]*//p" "$1" | tail -n 1; }

check_mounts() {
  [[ -r $config ]] || fail "$config is missing or not readable by uid $(id -u)."
  [[ -w $volume ]] || fail "$volume is not writable by uid $(id -u): give the volume to uid 1000."
  [[ -w /tmp ]] || fail "/tmp is not writable: with a read-only root file system, mount a tmpfs there."
  if grep -qE '^[^ ]+ /tmp [^ ]+ ([^ ]+,)?noexec' /proc/mounts; then
    fail "/tmp is mounted noexec, but the snappy and zstd codecs load their libraries from there: mount it with exec."
  fi
  # The root of a mount may hold lost+found, which Kafka refuses inside a log directory.
  log_dir=$(property "$config" log.dirs)
  log_dir=${log_dir%/}
  [[ $log_dir == "$volume"/?* && $log_dir != *,* && $log_dir != */..* ]] ||
    fail "log.dirs in $config is \"$log_dir\"; wanted: one folder inside $volume, such as $volume/log."
}

# Kafka keeps a reference it cannot resolve as literal text, and a line break as part of the password.
check_secrets() {
  local key
  while read -r key; do
    [[ -s $secrets/$key && -r $secrets/$key ]] ||
      fail "$config refers to the secret $key, but $secrets/$key is missing, empty or not readable by uid $(id -u)."
    [[ -n $(tail -c 1 "$secrets/$key") ]] || fail "$secrets/$key ends with a line break: write the value alone."
  done < <(grep -oE "\\$\\{dir:$secrets:[^}]+\\}" "$config" | sed 's/.*:\(.*\)}/\1/' | sort -u)
}

# Sets quorum_argument: how a new disk joins the controller quorum.
choose_quorum() {
  case ${QUORUM_MODE:-} in
    standalone) quorum_argument=--standalone ;;
    *) fail "QUORUM_MODE is \"${QUORUM_MODE:-}\"; wanted: standalone (one controller, which forms the quorum alone)." ;;
  esac
}

# Prints what the log directory is: new, formatted, or foreign (files of unknown origin).
disk_state() {
  if [[ -f $log_dir/meta.properties ]]; then
    echo formatted
  elif [[ ! -e $log_dir ]] || [[ -d $log_dir && -z $(ls -A "$log_dir") ]]; then
    echo new
  else
    echo foreign
  fi
}

check_cluster_id() {
  local disk
  disk=$(property "$log_dir/meta.properties" cluster.id)
  [[ -z ${CLUSTER_ID:-} || $disk == "$CLUSTER_ID" ]] ||
    fail "the disk at $log_dir belongs to cluster $disk, but CLUSTER_ID is $CLUSTER_ID." \
      "Mount this cluster's own volume, or correct CLUSTER_ID. Nothing was changed."
  say "$log_dir is formatted for cluster $disk"
}

random_cluster_id() {
  local id=-
  # Command-line tools take a leading dash for an option.
  while [[ $id == -* ]]; do id=$(head -c 16 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'); done
  echo "$id"
}

# Formats a staging folder that is renamed when complete: a format that is interrupted leaves the log
# directory new. Credentials go through a private arguments file, never the command line, and the
# tool's output, which contains them, is kept from the log.
format_disk() {
  local cluster_id=${CLUSTER_ID:-} staging=$log_dir.formatting scratch
  [[ -n $cluster_id ]] || cluster_id=$(random_cluster_id)
  say "formatting $log_dir for cluster $cluster_id"
  rm -rf "$staging"
  scratch=$(mktemp -d /tmp/format.XXXXXX)
  {
    grep -vE '^[[:space:]]*log\.dirs[[:space:]]*=' "$config"
    echo "log.dirs=$staging"
  } >"$scratch/broker.properties"
  {
    printf '%s\n' format "--cluster-id=$cluster_id" "--config=$scratch/broker.properties" "$quorum_argument"
    scram_arguments
  } >"$scratch/arguments"
  if ! java -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dlog4j2.level=OFF -cp '/opt/kafka/libs/*' \
    kafka.tools.StorageTool "@$scratch/arguments" >"$scratch/output" 2>&1; then
    grep -vE '^[[:space:]]+(at|\.\.\.) ' "$scratch/output" | tail -n 5 | without_passwords >&2
    rm -rf "$scratch"
    fail "the disk could not be formatted (reason above) and is unchanged."
  fi
  rm -rf "$scratch"
  sync
  [[ ! -d $log_dir ]] || rmdir "$log_dir"
  mv "$staging" "$log_dir"
}

# Checked here, because the storage tool's complaints quote parts of a malformed line.
scram_arguments() {
  local line number=0
  while IFS= read -r line || [[ -n $line ]]; do
    number=$((number + 1))
    [[ $line =~ ^SCRAM-SHA-(256|512)=\[name=[^],=]+,iterations=[0-9]+,password=[^],=[:space:]]+\]$ ]] ||
      fail "line $number of $secrets/scram-users is malformed;" \
        "wanted: SCRAM-SHA-512=[name=NAME,iterations=COUNT,password=PASSWORD], no comma in any value."
    printf '%s\n' --add-scram "$line"
  done <"$secrets/scram-users"
}

without_passwords() {
  local text password
  text=$(cat)
  while read -r password; do
    text=${text//"$password"/[secret]}
  done < <(sed -n 's/.*password=\(.*\)\]$/\1/p' "$secrets/scram-users")
  echo "$text"
}

check_mounts
check_secrets
choose_quorum
case $(disk_state) in
  formatted) check_cluster_id ;;
  new)
    [[ -r $secrets/scram-users ]] || fail "$secrets/scram-users is missing or not readable by uid $(id -u)."
    format_disk
    ;;
  foreign) fail "$log_dir holds files but no meta.properties: no broker's disk. Nothing was changed." ;;
esac

# Garbage collector settings are those of Kafka's own start scripts.
# shellcheck disable=SC2086 # both variables hold several options
exec java ${KAFKA_HEAP_OPTS:--Xms1g -Xmx1g} -server \
  -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:InitiatingHeapOccupancyPercent=35 \
  -XX:+ExplicitGCInvokesConcurrent -XX:MaxInlineLevel=15 -XX:+ExitOnOutOfMemoryError \
  -Djava.awt.headless=true -Dlog4j2.configurationFile=$here/log4j2.properties \
  -javaagent:$here/jmx_prometheus_javaagent.jar=9404:$here/jmx-exporter.yml \
  ${KAFKA_OPTS:-} -cp '/opt/kafka/libs/*' kafka.Kafka $config
