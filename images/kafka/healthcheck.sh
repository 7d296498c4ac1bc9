#!/bin/bash
# Does this broker serve authenticated requests? Exit 0 or 1, with the reason in one line.
#
# Once per broker process a Kafka client logs in for real, with
# /etc/kafka-platform/secrets/health.properties. After that a bare ApiVersions request shows that
# the listener still answers: it costs a thousandth of a JVM.
#
# Env HEALTHCHECK_PORT: a listener without TLS, default 9094.
set -uo pipefail

readonly port=${HEALTHCHECK_PORT:-9094}
readonly client=/etc/kafka-platform/secrets/health.properties

fail() {
  echo "$*"
  exit 1
}

# Sends ApiVersions version 0 (length 10, key 18, correlation id 1, no client id) and prints the
# first ten bytes of the answer in hex: length, correlation id, error code.
api_versions() {
  timeout 3 bash -c '
    exec 3<>"/dev/tcp/127.0.0.1/$0" || exit
    printf "\0\0\0\x0a\0\x12\0\0\0\0\0\x01\xff\xff" >&3
    head -c 10 <&3 | od -An -v -tx1 | tr -d " \n"' "$port" 2>/dev/null
}

answer=$(api_versions)
case $answer in
  ????????000000010000) ;;
  "") fail "no answer on port $port" ;;
  *) fail "port $port does not answer like a Kafka listener without TLS (got $answer)" ;;
esac

# Field 22 of the stat file: when process 1, the broker, started. The name before it may hold spaces.
stat=$(</proc/1/stat)
read -ra fields <<<"${stat##*) }"
readonly marker=/tmp/authenticated-${fields[19]}
if [[ -e $marker ]]; then
  echo "serving on port $port"
  exit 0
fi

# KAFKA_OPTS is left out and JAVA_TOOL_OPTIONS unset: an agent's port is taken by the broker.
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS
if output=$(timeout 15 java -Xmx48m -Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  -Dlog4j2.level=OFF -cp '/opt/kafka/libs/*' org.apache.kafka.tools.ClusterTool \
  cluster-id --bootstrap-server "127.0.0.1:$port" --command-config "$client" 2>&1); then
  : >"$marker" || fail "logged in on port $port, but /tmp is not writable"
  echo "logged in on port $port"
else
  reason=$(grep -m 1 -E 'Exception|[Ee]rror' <<<"$output")
  fail "could not log in on port $port: ${reason:-no answer within 15 s}"
fi
