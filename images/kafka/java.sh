# Java as a broker runs in it, the same where its archive is made and where it is used. Sourced.

# Each jar by its name, in one order: Java's own wildcard has the order of the directory, and an archive
# fits only the class path that it was made with.
CLASSPATH=$(printf '%s:' /opt/kafka/libs/*.jar)
export CLASSPATH=${CLASSPATH%:}

# Garbage collector settings are those of Kafka's own start scripts.
readonly BROKER_OPTIONS=(-server
  -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:InitiatingHeapOccupancyPercent=35
  -XX:+ExplicitGCInvokesConcurrent -XX:MaxInlineLevel=15 -XX:+ExitOnOutOfMemoryError
  -Djava.awt.headless=true -Djava.security.properties="$here/java.security")
