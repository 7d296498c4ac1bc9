#!/usr/bin/env bash
# import-image.sh IMAGE...: gives images of the local Docker daemon to the lab, without a registry. Prints one line
# for each: its name and its digest reference, by both of which pods may ask for it (imagePullPolicy: IfNotPresent).
set -euo pipefail
# shellcheck source=settings.sh
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

LABEL=kafka-platform.lab/image-id
SCRATCH=kafka-platform.lab/imported

(($# > 0)) || die "usage: import-image.sh IMAGE..."
command -v docker >/dev/null || die "import-image.sh needs the docker client and its daemon: apt-get install docker.io"
[[ -S $CONTAINERD_SOCKET ]] || die "The lab is not up; start it: $LAB/up.sh"

# A reference as containerd knows it: with its registry, and docker.io's library spelled out.
full_name() { # REFERENCE
  local first=${1%%/*}
  if [[ $1 != */* ]]; then
    echo "docker.io/library/$1"
  elif [[ $first == *[.:]* || $first == localhost ]]; then
    echo "$1"
  else
    echo "docker.io/$1"
  fi
}

# The repository of a reference: without tag and digest.
repository() { # REFERENCE
  local name=${1%@*}
  [[ ${name##*/} != *:* ]] || name=${name%:*}
  echo "$name"
}

# The name under which containerd holds the content of an image id; imported unless it is there.
held() { # IMAGE-ID
  local name
  name=$(lab_ctr images list --quiet "labels.\"$LABEL\"==$1" | grep "^$SCRATCH@" || true)
  if [[ -z $name ]]; then
    name=$(docker save "$1" | lab_ctr images import --base-name "$SCRATCH" --digests - | sed -nE 's/^unpacking ([^ ]+) .*/\1/p')
    lab_ctr images label "$name" "$LABEL=$1" >/dev/null
  fi
  echo "$name"
}

for image in "$@"; do
  id=$(docker image inspect --format '{{.Id}}' "$image" 2>/dev/null) || die "The Docker daemon has no image \"$image\"."
  from=$(held "$id")
  reference=$(full_name "$(repository "$image")")@${from#*@}
  # A digest that a registry gave stands for the same content, packed otherwise.
  mapfile -t names < <(docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$id" | sed '/^$/d')
  [[ $image == sha256:* || $image == *@* ]] || names+=("$image")
  for name in "${names[@]}"; do lab_ctr images tag --force "$from" "$(full_name "$name")" >/dev/null; done
  lab_ctr images tag --force "$from" "$reference" >/dev/null
  echo "$image $reference"
done
