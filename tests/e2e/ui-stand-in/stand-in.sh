#!/bin/bash
# Kafka client properties out of the UI's configuration, one `"key": "value"` a line of it.
set -euo pipefail
config=$(printenv SPRING_CONFIG_ADDITIONAL-LOCATION)
value() { sed -n "s/^ *\"$1\": \"\(.*\)\",\{0,1\}$/\1/p" "$config" | sed 's/\\"/"/g'; }

client=/tmp/client.properties
for key in security.protocol sasl.mechanism sasl.jaas.config; do
  echo "$key=$(value "$key")" >>"$client"
done
tool() { java -Xmx64m -Dlog4j2.level=OFF -cp '/opt/kafka/libs/*' "$@" --bootstrap-server "$(value bootstrapServers)" --command-config "$client"; }

mkdir -p /tmp/www/actuator
tool org.apache.kafka.tools.TopicCommand --list >/tmp/www/topics
if tool org.apache.kafka.tools.TopicCommand --create --topic made-by-ui >/tmp/www/create 2>&1; then
  echo "the UI's account may create topics" >&2
  exit 1
fi
metrics=$(value bootstrapServers)
wget -q -O /tmp/www/metrics "http://${metrics%:*}:9404/metrics"
grep -q '"type": "LOGIN_FORM"' "$config" && echo '{"status":"UP"}' >/tmp/www/actuator/health
exec busybox httpd -f -p 8080 -h /tmp/www
