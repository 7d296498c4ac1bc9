# Whose disk it is, and formatting a new one. Sourced by entrypoint.sh.

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

# Whose secret a disk was formatted with: its volume keeps a salted hash of the first user's password, which no
# rotation changes.
readonly fingerprint=$volume/secret.sha256

secret_hash() {
  { echo "$1" && sed -n '1s/.*password=\(.*\)\]$/\1/p' "$secrets/scram-users"; } | sha256sum | cut -d ' ' -f 1
}

keep_fingerprint() {
  local salt
  salt=$(head -c 16 /dev/urandom | base64)
  echo "$salt $(secret_hash "$salt")" >"$fingerprint"
}

# With other passwords no login would ever work, and nobody would say why. A disk of an older image has no
# fingerprint, and a node that is handed no users has nothing to compare it with.
check_fingerprint() {
  local salt='' hash=''
  [[ -s $fingerprint && -r $secrets/scram-users ]] || return 0
  read -r salt hash <"$fingerprint" || true
  [[ -z $hash || $hash == "$(secret_hash "$salt")" ]] ||
    fail "the disk at $log_dir was formatted by a stack with another stackSecret: none of its passwords would be" \
      "right. Use that stack's secret, or another volume. Nothing was changed."
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
    [[ -z ${METADATA_VERSION:-} ]] || echo "--release-version=$METADATA_VERSION"
    scram_arguments
  } >"$scratch/arguments"
  if ! java -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dlog4j2.level=OFF \
    kafka.tools.StorageTool "@$scratch/arguments" >"$scratch/output" 2>&1; then
    grep -vE '^[[:space:]]+(at|\.\.\.) ' "$scratch/output" | tail -n 5 | without_passwords >&2
    rm -rf "$scratch"
    fail "the disk could not be formatted (reason above) and is unchanged."
  fi
  rm -rf "$scratch"
  keep_fingerprint
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
