#!/bin/bash
# Assembles the file system of the local base image as a tar file: a Java runtime, bash and coreutils
# from the distribution's packages, Kafka and the JMX exporter agent from jars, in the layout of the
# official image (/opt/kafka, /opt/java/openjdk, user appuser = 1000).
#
#   rootfs.sh WORK JARS OUT
#     WORK  an empty folder to work in; the caller removes it
#     JARS  folder with libs/ and agent/
#     OUT   the tar file to write
#
# Packages are resolved against an empty package status with the host's own apt sources, keys and
# proxies, only downloaded (apt verifies them), and unpacked without running their scripts: no root,
# no chroot, nothing changed on the host. Each line on stdout is one sentence of progress.
set -euo pipefail
umask 022

work=$1 jars=$2 out=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$work/root
mkdir -p "$root" "$work/archives/partial" "$work/state/lists/partial" "$work/cache"

lists=/var/lib/apt/lists
apt_get() {
  apt-get -qq -o Dir::State="$work/state" -o Dir::State::status=/dev/null -o Dir::State::Lists="$lists" \
    -o Dir::Cache="$work/cache" -o Dir::Cache::archives="$work/archives" -o Debug::NoLocking=true \
    -o APT::Sandbox::User="" -o APT::Install-Recommends=false -o Acquire::Retries=3 "$@" 2>>"$work/apt.log"
}
download() {
  # Newest long-term release first; a release of the distribution carries one or two of them.
  for java in 25 21 17; do
    if apt_get install --simulate "openjdk-$java-jre-headless" >/dev/null; then
      apt_get install --yes --download-only "openjdk-$java-jre-headless" \
        base-files bash coreutils grep sed findutils procps >/dev/null && return
    fi
  done
  return 1
}

echo "downloading a Java runtime from the distribution's packages"
if ! download; then
  echo "refreshing the package lists (those of this machine are missing or outdated)"
  lists=$work/state/lists
  apt_get update >/dev/null && download || {
    echo "apt-get could not download a Java runtime (openjdk-17-jre-headless or newer):" >&2
    tail -n 5 "$work/apt.log" >&2
    exit 1
  }
fi

echo "unpacking $(find "$work/archives" -name '*.deb' | wc -l) packages"
mkdir -p "$root"/usr/{bin,sbin,lib,lib64}
for folder in bin sbin lib lib64; do ln -s "usr/$folder" "$root/$folder"; done
# Dependencies of the packages' scripts and of Java's desktop half: nothing here runs either.
# A name that a release does not have matches nothing.
unwanted='adduser|ca-certificates|debconf|dpkg|fontconfig|fonts-|java-common|libasound|libavahi|libcups|libdb|libdbus|libfontconfig|libfreetype|libglib2|libgnutls|libgraphite|libgssapi|libharfbuzz|libhogweed|libjpeg|libk5crypto|libkrb5|liblcms|libnettle|libnspr|libnss3|libpam|libp11|libpcsclite|libpng|libsqlite|libunistring|openssl|passwd|perl|tar_|ucf|util-linux'
for package in "$work"/archives/*.deb; do
  [[ $(basename "$package") =~ ^($unwanted) ]] && continue
  dpkg-deb --fsys-tarfile "$package" | tar -x -p -C "$root" --no-same-owner --keep-directory-symlink \
    --exclude='./usr/share/*/*.mo' --exclude='./usr/share/doc' --exclude='./usr/share/man' \
    --exclude='./usr/share/info' --exclude='./usr/share/lintian' --exclude='*/gconv/*' \
    --exclude='*/lib/ct.sym' --exclude='*/server/classes_nocoops.jsa'
done
find "$root" -xdev -perm /6000 -type f -exec chmod a-s {} +
chmod 1777 "$root/tmp"

echo "adding Kafka $(basename "$jars"/libs/kafka_2.13-*.jar .jar | cut -d- -f2) and the JMX exporter agent"
jvm=$(basename "$(find "$root/usr/lib/jvm" -mindepth 1 -maxdepth 1 -type d -name 'java-*-openjdk-*' | head -n 1)")
mkdir -p "$root/opt/java" "$root/opt/kafka/libs" "$root/opt/kafka/bin" "$root/opt/kafka/config" \
  "$root/opt/jmx-exporter" "$root/var/lib/kafka/data" "$root/home/appuser"
ln -s "/usr/lib/jvm/$jvm" "$root/opt/java/openjdk"
install -m 0644 "$jars"/libs/*.jar "$root/opt/kafka/libs/"
install -m 0644 "$jars"/agent/jmx_prometheus_javaagent-*.jar "$root/opt/jmx-exporter/jmx_prometheus_javaagent.jar"
install -m 0644 "$here/config/tools-log4j2.properties" "$root/opt/kafka/config/"
install -m 0755 "$here/bin/kafka-tool.sh" "$root/opt/kafka/bin/"
for tool in $(sed -n 's/^  \(kafka-[a-z-]*\)) class=.*/\1/p' "$here/bin/kafka-tool.sh"); do
  ln -s kafka-tool.sh "$root/opt/kafka/bin/$tool.sh"
done

# What package scripts would have written.
printf '%s\n' 'root:x:0:0:root:/root:/bin/bash' 'appuser:x:1000:1000::/home/appuser:/bin/bash' >"$root/etc/passwd"
printf '%s\n' 'root:x:0:' 'appuser:x:1000:' >"$root/etc/group"
printf '%s\n' 'passwd: files' 'group: files' 'hosts: files dns' >"$root/etc/nsswitch.conf"
ln -sf bash "$root/usr/bin/sh"
rm -rf "$root/etc/apt" "$root/usr/share/bash-completion" "$root/usr/share/locale" "$root/usr/share/perl5"
find "$root/usr/lib/jvm" -path '*/security/cacerts' -type l -exec rm {} +

echo "packing the file system"
tar -c -f "$out" -C "$root" --sort=name --numeric-owner --owner=0 --group=0 \
  --exclude=./var/lib/kafka --exclude=./home/appuser .
tar -r -f "$out" -C "$root" --sort=name --numeric-owner --owner=1000 --group=1000 \
  ./var/lib/kafka ./home/appuser
