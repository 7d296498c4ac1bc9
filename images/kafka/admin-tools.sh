# Kafka's own tools as the admin. Sourced by maintenance jobs.

readonly login=/etc/kafka-platform/admin/client.properties
PATH=$PATH:/opt/kafka/bin
export KAFKA_HEAP_OPTS="-Xms64m -Xmx128m"
# The tools write a log next to their libraries unless told otherwise.
export LOG_DIR=/tmp

say() { echo "$(basename "$0" .sh): $*"; }
# What another try may mend.
fail() {
  say "$*" >&2
  exit 1
}
# What another try cannot change: the job ends at once.
refuse() {
  say "$*" >&2
  exit 2
}

[[ -r $login ]] || refuse "$login is missing or not readable by uid $(id -u)."
[[ -n ${BOOTSTRAP_SERVER:-} ]] || refuse "BOOTSTRAP_SERVER is empty; wanted: host:port of a broker."

# admin TOOL ARGUMENT…: the login is a file, so that no password is on a command line.
admin() {
  local tool=$1
  shift
  case $tool in
    # These take their connection before the action.
    kafka-features.sh)
      kafka-features.sh --bootstrap-server "$BOOTSTRAP_SERVER" --command-config "$login" "$@"
      ;;
    *) "$tool" "$@" --bootstrap-server "$BOOTSTRAP_SERVER" --command-config "$login" ;;
  esac
}
