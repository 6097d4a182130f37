#!/bin/sh
# Builds the image of Containerfile and checks records in it: image.sh OUT
#
# Needs root, debootstrap, buildah and Rust. The two images that Containerfile begins with are made here, from Debian's archive and from
# the Rust of this machine, so that no registry of images is needed. Everything is in the folder OUT, which is removed at the end.
set -eu
mkdir -p "$1"
out=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")/../.." && pwd)
trap 'rm -rf "$out"' EXIT

# No daemon, and no privileges but those of a change of root.
build() {
    buildah --root "$out/store" --runroot "$out/run" --storage-driver vfs "$@"
}
inside() {
    build run --isolation chroot "$@"
}

# The names of the images, and the release of Debian that the second one has.
rust=$(sed -n 's/^FROM \(.*\) AS build$/\1/p' "$here/Containerfile")
debian=$(sed -n 's/^FROM \([^ ]*\)$/\1/p' "$here/Containerfile")
release=$(printf '%s' "$debian" | sed 's/.*:\(.*\)-slim/\1/')

debootstrap --variant=minbase "$release" "$out/root" >"$out/log" 2>&1 || {
    tail -20 "$out/log"
    exit 1
}
# This machine may trust more authorities than Debian does.
certificates=/etc/ssl/certs/ca-certificates.crt
tar -C "$out/root" -cf "$out/root.tar" .
rm -rf "$out/root"
base=$(build from scratch)
build add --quiet "$base" "$out/root.tar" / >/dev/null
build commit --quiet "$base" "$debian" >/dev/null
rm "$out/root.tar"
inside "$base" -- sh -c 'apt-get update -q && apt-get install -q -y --no-install-recommends ca-certificates gcc libc6-dev' >"$out/log" 2>&1 || {
    tail -20 "$out/log"
    exit 1
}
build copy --quiet "$base" "$certificates" "$certificates" >/dev/null
# Only what builds programs for this machine.
host=$(rustc --print host-tuple)
tar -C "$(rustc --print sysroot)" -cf "$out/rust.tar" --exclude='lib/rustlib/*-*-*' bin lib
tar -C "$(rustc --print sysroot)" -rf "$out/rust.tar" "lib/rustlib/$host"
build add --quiet "$base" "$out/rust.tar" /usr/local >/dev/null
rm "$out/rust.tar"
build commit --quiet "$base" "$rust" >/dev/null
build rm "$base" >/dev/null

# What is shipped takes several times as long to build, and shows nothing more.
build build --isolation chroot --pull-never --quiet --build-arg PROFILE=release -f "$here/Containerfile" -t rapporteur "$here"

# The commands of docs/ci.md, with the user, the folder and the program of the image.
[ "$(build inspect --type image --format '{{.OCIv1.Config.Entrypoint}} {{.OCIv1.Config.Cmd}} {{.OCIv1.Config.User}}' rapporteur)" = \
    "[rapporteur] [check] 65532:65532" ]
used=$(build from --pull-never rapporteur)
mkdir "$out/work"
printf '{"kind": "letter", "id": 1}\n' >"$out/work/letter.json"
cp -r "$here/records" "$here/rapporteur.toml" "$out/work/"
inside --volume "$out/work:/work:ro" "$used" -- rapporteur --version
inside --volume "$out/work:/work:ro" "$used" -- rapporteur check --format concise records | tail -3
code=0
inside --volume "$out/work:/work:ro" "$used" -- rapporteur check letter.json >"$out/log" 2>&1 || code=$?
if [ "$code" -ne 1 ]; then
    cat "$out/log"
    echo "the record is wrong, and the exit code is $code"
    exit 1
fi
# Neither the user nor the folder lets it write.
if inside --volume "$out/work:/work:ro" "$used" -- touch /work/written 2>"$out/log" || [ -e "$out/work/written" ]; then
    echo "the program can write what is mounted"
    exit 1
fi
[ "$(inside "$used" -- id -u)" = 65532 ]
if inside "$used" -- sh -c 'command -v cargo' 2>"$out/log"; then
    echo "Rust is in the image"
    exit 1
fi
echo "built and used; with Debian it has $(build images --format '{{.Size}}' rapporteur)"
