#!/bin/bash
# Assembles the file system of a local image of Prometheus or Alertmanager as a tar file, from the distribution's
# packages, in the layout of the official images: the program in /bin, its data in a folder of its own that
# belongs to nobody (65534), busybox for health checks.
#
#   rootfs.sh WORK PROGRAM OUT
#     WORK     an empty folder to work in; the caller removes it
#     PROGRAM  prometheus or alertmanager
#     OUT      the tar file to write
#
# Packages are only downloaded (apt verifies them), with the host's own apt sources, keys and proxies, and unpacked
# without running their scripts: no root, no chroot, nothing changed on the host. Each line on stdout is one
# sentence of progress.
set -euo pipefail
umask 022

work=$1 program=$2 out=$3
case $program in
prometheus) package=prometheus tool=promtool ;;
alertmanager) package=prometheus-alertmanager tool=amtool ;;
*) echo "no such program: $program" >&2 && exit 2 ;;
esac
root=$work/root
mkdir -p "$root" "$work/archives" "$work/state/lists/partial" "$work/cache"

lists=/var/lib/apt/lists
apt_get() {
  apt-get -qq -o Dir::State="$work/state" -o Dir::State::status=/dev/null -o Dir::State::Lists="$lists" \
    -o Dir::Cache="$work/cache" -o Debug::NoLocking=true -o APT::Sandbox::User="" -o Acquire::Retries=3 \
    "$@" 2>>"$work/apt.log"
}
# What the program is linked with, and nothing else that its package asks for: those are for a service of the host.
download() (cd "$work/archives" && apt_get download "$package" libc6 busybox-static ca-certificates >/dev/null)

echo "downloading $package from the distribution's packages"
if ! download; then
  echo "refreshing the package lists (those of this machine are missing or outdated)"
  lists=$work/state/lists
  apt_get update >/dev/null && download || {
    echo "apt-get could not download $package:" >&2
    tail -n 5 "$work/apt.log" >&2
    exit 1
  }
fi

echo "unpacking $package"
mkdir -p "$root"/usr/{bin,sbin,lib,lib64} "$root/tmp" "$root/etc/ssl/certs" "$root/etc/$program" "$root/$program"
for folder in bin sbin lib lib64; do ln -s "usr/$folder" "$root/$folder"; done
for archive in "$work"/archives/*.deb; do
  dpkg-deb --fsys-tarfile "$archive" | tar -x -p -C "$root" --no-same-owner --keep-directory-symlink \
    --exclude='./usr/share/doc' --exclude='./usr/share/man' --exclude='./usr/share/lintian' --exclude='*/gconv/*' \
    --exclude='./usr/share/*/*.mo' --exclude='./usr/share/bash-completion' --exclude='./etc/default' \
    --exclude='./etc/init.d' --exclude='./etc/logrotate.d' --exclude='./lib/systemd' --exclude='./etc/prometheus'
done
rm -rf "$root/usr/share/initramfs-tools" "$root/usr/share/locale" "$root/var"
find "$root" -xdev -perm /6000 -type f -exec chmod a-s {} +
[[ -e $root/bin/$program ]] || mv "$root/bin/$package" "$root/bin/$program"
[[ -x $root/bin/$program && -x $root/bin/$tool ]] || { echo "$package holds no $program and $tool" >&2 && exit 1; }
for name in sh wget; do ln -sf busybox "$root/bin/$name"; done

# What package scripts would have written.
printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' 'nobody:x:65534:65534:nobody:/nonexistent:/bin/sh' >"$root/etc/passwd"
printf '%s\n' 'root:x:0:' 'nobody:x:65534:' >"$root/etc/group"
printf '%s\n' 'hosts: files dns' >"$root/etc/nsswitch.conf"
find "$root/usr/share/ca-certificates" -name '*.crt' -print0 | sort -z | xargs -0 cat \
  >"$root/etc/ssl/certs/ca-certificates.crt"
chmod 1777 "$root/tmp"

echo "packing the file system"
tar -c -f "$out" -C "$root" --sort=name --numeric-owner --owner=0 --group=0 --exclude="./$program" .
tar -r -f "$out" -C "$root" --sort=name --numeric-owner --owner=65534 --group=65534 "./$program"
