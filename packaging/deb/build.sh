#!/bin/sh
# Builds the Debian package and prints its path: build.sh [OUT]
#
# Needs cargo-deb and, for the dependencies of the package, dpkg-dev. The page of the manual and the completions are those that the
# program prints.
set -eu
cd "$(dirname "$0")/../.."

out=${1:-target/debian}
program=${CARGO_TARGET_DIR:-target}/release/rapporteur
cargo build --release --locked --quiet
mkdir -p target/deb "$out"
"$program" man >target/deb/rapporteur.1
"$program" completions bash >target/deb/rapporteur.bash
"$program" completions zsh >target/deb/_rapporteur
"$program" completions fish >target/deb/rapporteur.fish
cargo deb --no-build --locked --output "$out/"
