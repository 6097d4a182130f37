#!/bin/sh
# Installs the Debian package into a fresh root, where there is no Rust and no file of this machine, and checks the records there:
# fresh_root.sh PACKAGE.deb
#
# Needs root, debootstrap, and the archive of this machine's own release. Removes what it made.
set -eu
package=$1
here=$(cd "$(dirname "$0")/../.." && pwd)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

. /etc/os-release
debootstrap --variant=minbase "$VERSION_CODENAME" "$root" >"$root.log" 2>&1 || {
    tail -20 "$root.log"
    exit 1
}
rm -f "$root.log"
cp "$package" "$root/rapporteur.deb"
cp -r "$here/records" "$root/records"
chroot "$root" dpkg --install /rapporteur.deb
chroot "$root" rapporteur --version
chroot "$root" sh -c 'cd / && rapporteur check --format concise records | tail -3'
# A record with an error has its exit code there too.
printf '{"kind": "letter", "id": 1}\n' >"$root/letter.json"
if chroot "$root" sh -c 'cd / && rapporteur check letter.json >/dev/null'; then
    echo "the record is wrong, and the exit code is 0"
    exit 1
fi
chroot "$root" dpkg --purge rapporteur
! chroot "$root" find / -xdev -name '*rapporteur*' -not -path '/proc/*' -not -path /rapporteur.deb -not -path '/records/*' | grep . || {
    echo "this is left"
    exit 1
}
echo "installed, used and taken away in a fresh root"
