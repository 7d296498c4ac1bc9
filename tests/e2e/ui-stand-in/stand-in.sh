#!/bin/bash
# Kafka client properties out of the UI's configuration, one `"key": "value"` a line of it.
set -euo pipefail
config=$(printenv SPRING_CONFIG_ADDITIONAL-LOCATION)
value() { sed -n "s/^ *\"$1\": \"\(.*\)\",\{0,1\}$/\1/p" "$config" | sed 's/\\"/"/g'; }

client=/tmp/client.properties
for key in security.protocol ssl.truststore.type ssl.truststore.location sasl.mechanism sasl.jaas.config; do
  [[ -z $(value "$key") ]] || echo "$key=$(value "$key")" >>"$client"
done
tool() { java -Xmx64m -Dlog4j2.level=OFF -cp '/opt/kafka/libs/*' "$@" --bootstrap-server "$(value bootstrapServers)" --command-config "$client"; }

mkdir -p /tmp/www/actuator
tool org.apache.kafka.tools.TopicCommand --list >/tmp/www/topics
if tool org.apache.kafka.tools.TopicCommand --create --topic made-by-ui >/tmp/www/create 2>&1; then
  echo "the UI's account may create topics" >&2
  exit 1
fi
# As Kafka UI does, it asks the host under which a broker makes itself known.
broker=$(tool org.apache.kafka.tools.BrokerApiVersionsCommand | sed -n 's/^\([^ ]*\):[0-9]* (id: .*/\1/p' | head -n 1)
wget -q -O /tmp/www/metrics "http://$broker:9404/metrics"
grep -q '"type": "LOGIN_FORM"' "$config" && echo '{"status":"UP"}' >/tmp/www/actuator/health
# The first process of a container is not ended by a signal that it does not handle.
busybox httpd -f -p 8080 -h /tmp/www &
trap 'kill $!' TERM
wait
