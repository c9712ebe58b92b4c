#!/bin/sh
# arm64.sh -- the kernels give the same bits on every level of this processor and, where a cross compiler and qemu are at hand (Debian:
# gcc-aarch64-linux-gnu, qemu-user-static), on those of 64-bit ARM. usage: arm64.sh DIGEST-PROGRAM   (77: nothing to compare with)
set -eu
source=${DPS_SOURCE:?}
here=$("$1")
echo "$here"
[ "$(echo "$here" | cut -d' ' -f2 | sort -u | wc -l)" -eq 1 ] || { echo "levels of this machine differ" >&2; exit 1; }
command -v aarch64-linux-gnu-gcc >/dev/null && command -v qemu-aarch64-static >/dev/null || { echo "no aarch64 compiler or qemu: only this machine's levels"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
aarch64-linux-gnu-gcc -std=gnu11 -O3 -static -ffp-contract=off -fno-trapping-math -I"$source/src" "$source/tests/kernels/digest.c" \
    "$source"/src/model/kernels*.c "$source/src/base/status.c" -o "$work/digest" -lm
there=$(qemu-aarch64-static -cpu max "$work/digest")
echo "$there"
echo "$there" | grep -q '^neon-dot ' || { echo "the dot product was not found" >&2; exit 1; }
[ "$( (echo "$here"; echo "$there") | cut -d' ' -f2 | sort -u | wc -l)" -eq 1 ] || { echo "the two processors differ" >&2; exit 1; }
