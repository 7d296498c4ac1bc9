# shellcheck shell=bash
# The image of every pod's first container, packed by hand and given to containerd; sourced.

import_pause_image() {
  [[ -z $(lab_ctr images list --quiet "name==$PAUSE_IMAGE") ]] || return 0
  local folder digest architecture
  case $(uname -m) in x86_64) architecture=amd64 ;; aarch64) architecture=arm64 ;; *) architecture=$(uname -m) ;; esac
  folder=$(mktemp -d -p "$RUN")
  tar -C "$BIN" --owner=0 --group=0 --mtime=@0 -cf "$folder/layer.tar" pause
  digest=$(sha256sum "$folder/layer.tar" | cut -d' ' -f1)
  cat >"$folder/config.json" <<CONFIG
{ "os": "linux", "architecture": "$architecture",
  "config": { "Entrypoint": ["/pause"], "User": "65535:65535" },
  "rootfs": { "type": "layers", "diff_ids": ["sha256:$digest"] } }
CONFIG
  cat >"$folder/manifest.json" <<MANIFEST
[{ "Config": "config.json", "RepoTags": ["$PAUSE_IMAGE"], "Layers": ["layer.tar"] }]
MANIFEST
  tar -C "$folder" -c manifest.json config.json layer.tar | lab_ctr images import - >/dev/null
  rm -r "$folder"
}
