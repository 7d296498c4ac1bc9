# shellcheck shell=bash
# Finding a Go toolchain; sourced.
GO_WANTED=1.24

# Prints the path of a Go of at least GO_WANTED: the one on the PATH, else where Go's own and Debian's packages put it.
find_go() {
  local go version
  for go in "$(command -v go || true)" /usr/local/go/bin/go /usr/lib/go/bin/go /usr/lib/go-*/bin/go; do
    [[ -x $go ]] || continue
    version=$(GOTOOLCHAIN=local "$go" env GOVERSION)
    if printf '%s\n' "$GO_WANTED" "${version#go}" | sort --version-sort --check=quiet; then
      echo "$go"
      return 0
    fi
  done
  return 1
}
