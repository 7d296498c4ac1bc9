#!/bin/bash
# Run while the image is built: lets a broker start and serve, with TLS and logins as in earnest, and keeps
# the classes that it has loaded as an archive. Every later start maps them instead of reading, checking and
# linking thousands of classes anew, which takes a third off what a start costs, and makes the first requests
# to a broker cheaper. Java ignores an archive that does not fit it.
set -euo pipefail
umask 022

here=$(dirname "${BASH_SOURCE[0]}")
readonly here archive=$here/broker.jsa
work=$(mktemp -d) # of which nothing is kept
readonly work password=nobody-is-given-it
trap 'rm -rf "$work"' EXIT

source "$here/java.sh"

give_up() {
  echo "archive: $1" >&2
  tail -n 20 "$work"/*.log >&2
  exit 1
}

keytool -genkeypair -alias broker -keyalg EC -groupname secp256r1 -dname CN=localhost -ext SAN=dns:localhost \
  -validity 2 -storetype PKCS12 -keystore "$work/keys.p12" -storepass "$password" \
  2>"$work/keytool.log" || give_up "keytool has made no key."

readonly scram="org.apache.kafka.common.security.scram.ScramLoginModule required username=\"admin\" password=\"$password\";"
readonly plain="org.apache.kafka.common.security.plain.PlainLoginModule required username=\"admin\" password=\"$password\" user_admin=\"$password\";"
readonly stores="ssl.keystore.location=$work/keys.p12
ssl.keystore.password=$password
ssl.truststore.location=$work/keys.p12
ssl.truststore.password=$password"

cat >"$work/broker.properties" <<EOF
process.roles=broker,controller
node.id=0
controller.quorum.bootstrap.servers=localhost:19093
listeners=BROKER://localhost:19092,CONTROLLER://localhost:19093
listener.security.protocol.map=BROKER:SASL_SSL,CONTROLLER:SASL_SSL
inter.broker.listener.name=BROKER
controller.listener.names=CONTROLLER
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
sasl.mechanism.controller.protocol=PLAIN
listener.name.broker.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.broker.scram-sha-512.sasl.jaas.config=$scram
listener.name.controller.sasl.enabled.mechanisms=PLAIN
listener.name.controller.plain.sasl.jaas.config=$plain
$stores
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:admin
offsets.topic.replication.factor=1
log.dirs=$work/log
EOF
cat >"$work/client.properties" <<EOF
security.protocol=SASL_SSL
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=$scram
$stores
EOF

readonly TOOL_OPTIONS=(-Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dlog4j2.level=OFF)

java "${TOOL_OPTIONS[@]}" kafka.tools.StorageTool format --cluster-id AAAAAAAAAAAAAAAAAAAAAQ --standalone \
  --config "$work/broker.properties" --add-scram "SCRAM-SHA-512=[name=admin,password=$password]" >/dev/null

java -Xms512m -Xmx512m "${BROKER_OPTIONS[@]}" -Dlog4j2.configurationFile="$here/log4j2.properties" \
  -XX:ArchiveClassesAtExit="$archive" kafka.Kafka "$work/broker.properties" >"$work/broker.log" 2>&1 &
broker=$!
has_started() { grep -q 'Kafka Server started' "$work/broker.log"; }
for ((tenths = 0; tenths < 1200; tenths++)); do
  ! has_started && kill -0 "$broker" 2>/dev/null || break
  sleep 0.1
done
has_started || give_up "a broker did not start within two minutes."
# Of a broker that does not answer it would wait for each record.
timeout 120 java "${TOOL_OPTIONS[@]}" org.apache.kafka.tools.ProducerPerformance --topic archive \
  --num-records 2000 --record-size 100 --throughput 1000 --bootstrap-server localhost:19092 \
  --command-config "$work/client.properties" >"$work/client.log" 2>&1 || give_up "the broker took no records."
kill "$broker"
wait "$broker" || true # by the signal
if [[ ! -s $archive ]]; then
  # Java without an archive of its own classes has nothing to lay another one on.
  echo "archive: this Java makes none; brokers start without:" >&2
  grep -i archive "$work/broker.log" >&2 || true
  exit 0
fi
chmod 0444 "$archive"
