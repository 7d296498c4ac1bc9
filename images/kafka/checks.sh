# What must be right before a node starts, each fault told in one message. Sourced by entrypoint.sh.

check_mounts() {
  [[ -r $config ]] || fail "$config is missing or not readable by uid $(id -u)."
  [[ -w $volume ]] || fail "$volume is not writable by uid $(id -u): give the volume to uid 1000."
  [[ -w /tmp ]] || fail "/tmp is not writable: with a read-only root file system, mount a tmpfs there."
  if grep -qE '^[^ ]+ /tmp [^ ]+ ([^ ]+,)?noexec' /proc/mounts; then
    fail "/tmp is mounted noexec, but the snappy and zstd codecs load their libraries from there: mount it with exec."
  fi
}

# Sets log_dir. The root of a mount may hold lost+found, which Kafka refuses inside a log directory.
check_log_directory() {
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

# Kafka tells a missing certificate by a stack trace, and an EC key in the older form by a riddle.
check_certificates() {
  local kind file
  while read -r kind file; do
    [[ -s $file && -r $file ]] ||
      fail "$config names the ${kind} $file, which is missing, empty or not readable by uid $(id -u)."
    [[ $file != *.pem ]] || grep -q -e '-----BEGIN CERTIFICATE-----' "$file" ||
      fail "the $kind $file holds no certificate (BEGIN CERTIFICATE); wanted: PEM text."
    [[ $kind != keystore || $file != *.pem ]] || grep -qE -e '-----BEGIN (ENCRYPTED )?PRIVATE KEY-----' "$file" ||
      fail "the keystore $file holds no private key in PKCS#8 (BEGIN PRIVATE KEY)."
  done < <(sed -nE 's/^[^#=]*ssl\.(keystore|truststore)\.location[[:space:]]*=[[:space:]]*/\1 /p' "$config" | sort -u)
}
