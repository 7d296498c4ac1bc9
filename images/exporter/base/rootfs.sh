#!/bin/bash
# Assembles the file system of a base for the exporter's image where none can be pulled: this machine's
# Node, and the shared libraries that it is linked with. No shell, no package manager, nothing else.
#
#   rootfs.sh NODE WORK
#     NODE  the program
#     WORK  an empty folder to work in; the tar file is WORK/rootfs.tar, and the caller removes it all
set -euo pipefail
umask 022

node=$1 root=$2/root
mkdir -p "$root"/{etc,tmp,usr/local/bin}
install -m 0755 "$node" "$root/usr/local/bin/node"
add() { install -D -m 0755 "$(readlink -f "$1")" "$root$1"; }
ldd "$node" | grep -o '/[^ ]*' | while read -r library; do
  add "$library"
  # Before glibc 2.34 names are looked up by libraries of their own, which nothing is linked with.
  if [[ $library == */libc.so.6 ]]; then
    for name in nss_dns nss_files resolv; do
      for extra in "${library%/*}/lib$name".so.2; do [[ -e $extra ]] && add "$extra"; done
    done
  fi
done
printf '%s\n' 'root:x:0:0:root:/root:/bin/false' 'exporter:x:1000:1000::/tmp:/bin/false' >"$root/etc/passwd"
printf '%s\n' 'hosts: files dns' >"$root/etc/nsswitch.conf"
chmod 1777 "$root/tmp"
tar -C "$root" --owner=0 --group=0 --numeric-owner -cf "$2/rootfs.tar" .
